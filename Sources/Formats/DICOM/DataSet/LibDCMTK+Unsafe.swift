import CDCMTKShim
import Glibc

/// Calls of DCMTK that read.
enum LibDCMTK {
    /// What came of reading.
    enum Outcome {
        case object(DICOMObject)
        case refused(reason: String)
    }

    /// Silences DCMTK and makes sure that it has its data dictionary.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/unsupported`` when the dictionary is missing: DCMTK would then take
    ///   every attribute of implicit data sets for unknown.
    static func check() throws(FormatError) {
        guard cdcmtk_start() != 0 else {
            throw FormatError(
                .unsupported, file: "DCMTK", expected: "its data dictionary (dicom.dic, of the package libdcmtk17)",
                found: dictionaryPath.map { "none in DCMDICTPATH, which is \($0)" }
                    ?? "none; set DCMDICTPATH to its path")
        }
    }

    private static var dictionaryPath: String? {
        unsafe getenv("DCMDICTPATH").map { unsafe String(cString: $0) }
    }

    /// Reads all attributes of a file.
    static func read(_ source: ByteSource, valueBytes: Int, limits: DecodeLimits) throws(FormatError) -> Outcome {
        var request = cdcmtk_limits()
        request.value_bytes = UInt32(clamping: valueBytes)
        request.nodes = Int64(limits.entries)
        request.nesting = Int64(min(limits.nesting, 1000))
        request.bytes = Int64(limits.bytes)
        var message = [CChar](repeating: 0, count: 256)
        var exceeded: CInt = 0
        var bytes = unsafe cdcmtk_source()
        unsafe bytes.context = Unmanaged.passUnretained(source).toOpaque()
        unsafe bytes.size = Int64(source.count)
        unsafe bytes.read = readBytes
        let set = unsafe withExtendedLifetime(source) {
            unsafe cdcmtk_read(&bytes, &request, &message, message.count, &exceeded)
        }
        guard let set = unsafe set else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard exceeded == 0 else {
                throw FormatError(
                    .limitExceeded, file: source.name, expected: "a data set within the limits",
                    found: "more \(reason)")
            }
            return .refused(reason: reason)
        }
        defer { unsafe cdcmtk_free(set) }
        return .object(unsafe object(set, name: source.name))
    }

    private static func object(_ set: OpaquePointer, name: String) -> DICOMObject {
        var (nodeCount, metaCount, byteCount): (Int64, Int64, Int64) = (0, 0, 0)
        let nodes = unsafe UnsafeBufferPointer(start: cdcmtk_nodes(set, &nodeCount, &metaCount), count: Int(nodeCount))
        let bytes = unsafe UnsafeRawBufferPointer(start: cdcmtk_bytes(set, &byteCount), count: Int(byteCount))
        var tree = DICOMTreeBuilder()
        var fileMeta = DICOMItem()
        for index in 0..<Int(nodeCount) {
            let node = unsafe nodes[index]
            if index == Int(metaCount) { fileMeta = tree.finish() }
            let value = unsafe UnsafeRawBufferPointer(
                rebasing: bytes[Int(node.start)..<Int(node.start + node.count)])
            unsafe tree.add(node, value: value)
        }
        if nodeCount == metaCount { fileMeta = tree.finish() }
        return DICOMObject(
            name: name, transferSyntaxUID: unsafe String(cString: cdcmtk_transfer_syntax(set)), fileMeta: fileMeta,
            dataSet: tree.finish(), source: .dcmtk, problems: tree.problems)
    }
}

private func readBytes(
    _ context: UnsafeMutableRawPointer?, _ offset: Int64, _ buffer: UnsafeMutableRawPointer?, _ count: Int64
) -> CInt {
    guard let context = unsafe context, let buffer = unsafe buffer else { return 1 }
    let source = unsafe Unmanaged<ByteSource>.fromOpaque(context).takeUnretainedValue()
    do {
        try unsafe source.read(
            at: Int(offset), into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)))
        return 0
    } catch { return 1 }
}

extension DICOMObject {
    fileprivate init(
        name: String, transferSyntaxUID: String, fileMeta: DICOMItem, dataSet: DICOMItem, source: Source,
        problems: [String]
    ) {
        self.name = name
        self.transferSyntaxUID = transferSyntaxUID
        self.fileMeta = fileMeta
        self.dataSet = dataSet
        self.source = source
        self.problems = problems
    }
}
