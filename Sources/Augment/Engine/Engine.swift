import ImageCore
import ImageProcessing

/// Takes the operations of one sample, joins what can be joined, and does the work as late as possible.
///
/// Successive geometry is composed into one map, so that pixels are interpolated once; changes of single pixels wait for the
/// next resampling and are done in the same pass, together with the conversion to the type and order of the result.
struct Engine {
    /// What the next transform meets.
    private(set) var scene: Scene
    private var images: [ImageState]
    private var labels: LabelState
    private var places: PlaceState
    private let sample: Sample
    private let workers: Int

    /// Starts with a sample.
    ///
    /// - Throws: ``AugmentError`` where the sample does not fit together or a transform of the pipeline cannot work on it.
    init(_ sample: Sample, for pipeline: Pipeline, workers: Int) throws(AugmentError) {
        let size = try sample.check()
        self.sample = sample
        self.workers = workers
        places = PlaceState(sample, size: size)
        images = sample.images.map(ImageState.init)
        labels = LabelState(sample.labels, size: size)
        scene = Scene(sample)
        if !pipeline.facts.allow(sample, isVolume: scene.isVolume) { try check(pipeline) }
        updateScene()
    }

    /// Checks the transforms one by one.
    private func check(_ pipeline: Pipeline) throws(AugmentError) {
        try pipeline.check(scene)
        let others = sample.images.filter { $0.color != .rgb || $0.channelCount != 3 }
        if let other = others.first,
            let asking = pipeline.allTransforms.first(where: { $0.transform.typeDomain.needsRGB })
        {
            throw .transform(
                path: asking.path,
                "\(asking.transform.typeName) needs RGB in every image, found \(other.color.rawValue) with \(other.channelCount) channels",
                place: asking.place)
        }
    }

    /// What a transform meets that is applied to the whole image, or to one channel.
    func scene(of channel: Int?) -> Scene { scene.seen(by: channel) }

    /// Takes the operations of one transform.
    mutating func add(
        _ transform: any Transform, _ values: DrawnValues, _ draws: Draws, channel: Int?, path: String
    ) throws(AugmentError) {
        guard channel == nil || !transform.typeDomain.needsRGB else {
            throw .transform(path: path, "\(transform.typeName) needs RGB and cannot be applied to one channel")
        }
        for operation in try transform.operations(values, draws: draws, in: scene(of: channel)) {
            if let channel {
                try add(.channel(channel, [operation]), path: path)
            } else {
                try add(operation, path: path)
            }
        }
        updateScene()
    }

    private mutating func add(_ operation: Operation, path: String) throws(AugmentError) {
        let size = scene.size
        scene.follow(operation)
        switch operation {
        case .geometry(let map, let sampling):
            var isOnGrid = true
            for i in images.indices { isOnGrid = try images[i].move(map, sampling, from: size, workers) && isOnGrid }
            try labels.move(map, sampling, from: size, isOnGrid: isOnGrid, workers)
            places.move(map, isFinal: sampling.isCrop)
        case .labels(let change): try labels.change(change, workers)
        case .output(let form):
            for i in images.indices { images[i].form.take(form) }
        case .channel(let channel, let operations):
            for i in images.indices { try images[i].change(channel: channel, operations, index: i, path, workers) }
        case .pixels, .averaged, .measured, .observed, .image:
            for i in images.indices { _ = try images[i].add(operation, index: i, workers) }
        }
    }

    /// Does the work that is left, and gives the sample and where its pixels come from.
    mutating func finish() throws(AugmentError) -> (Sample, SpatialMap) {
        var result = sample
        result.images = []
        for i in images.indices { result.images.append(try images[i].finished(workers)) }
        result.labels = try labels.finished(workers)
        places.finish(&result)
        return (result, places.total)
    }

    private mutating func updateScene() {
        let (labels, workers) = (labels, workers)
        scene.currentLabels = { () throws(AugmentError) in
            var labels = labels
            return try labels.finished(workers)
        }
    }
}
