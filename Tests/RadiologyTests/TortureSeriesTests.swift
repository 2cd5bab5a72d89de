import TestSupport
import Testing

/// The generators themselves, without any reader.
struct TortureSeriesTests {
    @Test(arguments: TortureCase.singlesAndPairs)
    func `an odd series has as many files as its cases say`(cases: Set<TortureCase>) {
        let series = TortureSeries(cases)
        var count = TortureCase.sliceCount * (cases.contains(.twoPhases) ? 2 : 1)
        count += cases.intersection([.extraSlice, .sameFileTwice, .localizer]).count
        count -= cases.contains(.missingSlice) ? 1 : 0
        #expect(series.files.count == count)
        #expect(Set(series.files.map(\.name)).count == count)
        #expect(Set(series.slices.map(\.instanceUID)).count == count - (cases.contains(.sameFileTwice) ? 1 : 0))
    }

    @Test func `all cases and all pairs are generated`() {
        #expect(TortureCase.singlesAndPairs.count == 13 + 13 * 12 / 2)
    }

    @Test func `a file is explicit little endian with its pixels at the end`() {
        let slice = TortureSeries().slices[3]
        let file = slice.file(series: "2.25.7")
        #expect(Array(file[128..<132]) == Array("DICM".utf8))
        let last = slice.stored(x: slice.columns - 1, y: slice.rows - 1)
        #expect(Int(file[file.count - 2]) | Int(file[file.count - 1]) << 8 == last)
        #expect(file.count.isMultiple(of: 2))
    }
}
