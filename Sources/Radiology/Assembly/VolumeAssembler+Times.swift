import Formats
import ImageCore

/// When slices and volumes were acquired.
extension VolumeAssembler {
    /// The times of a mosaic's slices, in the order of the volume.
    var sliceTimesSeconds: [Double]? {
        let times = (0..<plan.depth).compactMap { z -> Double? in
            guard let reference = plan.reference(slab: z) else { return nil }
            let all = plan.series.instances[reference.instance].mosaic?.sliceTimesMilliseconds ?? []
            return all.indices.contains(reference.frame) ? all[reference.frame] / 1000 : nil
        }
        return times.count == plan.depth && plan.depth > 1 ? times : nil
    }

    /// The step of the last axis: by its own values where they are times, by Repetition Time for volumes that MR repeats.
    var timeStepSeconds: Double? {
        guard let axis = plan.stack.axes.last, axis.count > 1 else { return nil }
        let scale: Double? =
            switch axis.attribute {
            case .acquisitionTime, .contentTime: 1
            case .frameReferenceTime, .cineTime, .triggerTime: 1000
            default: nil
            }
        let repeats: Set<StackAttribute> = [
            .temporalPosition, .acquisitionNumber, .instanceNumber, .acquisitionTime, .contentTime,
        ]
        if plan.series.modality == "MR", repeats.contains(axis.attribute),
            let repetition = FlattenedHeader(header.dataSet).number([DICOMTag(0x0018, 0x0080)]), repetition > 0
        {
            return repetition / 1000
        }
        guard let scale else { return nil }
        let gaps = zip(axis.values.dropFirst(), axis.values).map { $0 - $1 }
        let mean = gaps.reduce(0, +) / Double(gaps.count)
        guard mean > 0, gaps.allSatisfy({ abs($0 - mean) <= 0.01 * mean }) else { return nil }
        return mean / scale
    }
}
