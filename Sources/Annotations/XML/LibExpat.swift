import CExpat
import Formats

/// Expat, streaming: elements and attributes in the order of the file, entity declarations refused.
enum LibExpat {
    /// Reads a file to its end, to an error, or until the handler has enough.
    ///
    /// - Throws: ``FormatError`` with the line and column for anything that is no well-formed XML, for an entity declaration,
    ///   for more elements or deeper nesting than the limits allow, and whatever the handler throws.
    static func parse(_ source: ByteSource, limits: DecodeLimits, handler: some XMLHandler) throws(FormatError) {
        let session = try ExpatSession(file: source.name, limits: limits, handler: handler)
        let chunk = 1 << 16
        var offset = 0
        repeat {
            let bytes = try source.bytes(at: offset, count: min(chunk, source.count - offset))
            offset += bytes.count
            guard try session.feed(bytes, isLast: offset == source.count) else { return }
        } while offset < source.count
    }
}

/// One run of Expat over one file.
@safe
private final class ExpatSession {
    private let parser: XML_Parser
    private let file: String
    private let limits: DecodeLimits
    private let handler: any XMLHandler
    private var failure: FormatError?
    private var isDone = false
    private var depth = 0
    private var elements = 0

    init(file: String, limits: DecodeLimits, handler: any XMLHandler) throws(FormatError) {
        guard let parser = unsafe XML_ParserCreate(nil) else {
            throw FormatError(.limitExceeded, file: file, found: "no memory for the XML parser")
        }
        unsafe self.parser = parser
        self.file = file
        self.limits = limits
        self.handler = handler
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        unsafe XML_SetElementHandler(
            parser,
            { user, name, attributes in
                guard let user = unsafe user, let name = unsafe name else { return }
                unsafe ExpatSession.of(user).start(String(cString: name), attributes)
            },
            { user, name in
                guard let user = unsafe user, let name = unsafe name else { return }
                unsafe ExpatSession.of(user).end(String(cString: name))
            })
        unsafe XML_SetEntityDeclHandler(parser) { user, _, _, _, _, _, _, _, _ in
            if let user = unsafe user { unsafe ExpatSession.of(user).refuseEntity() }
        }
    }

    deinit { unsafe XML_ParserFree(parser) }

    private static func of(_ user: UnsafeMutableRawPointer) -> ExpatSession {
        unsafe Unmanaged<ExpatSession>.fromOpaque(user).takeUnretainedValue()
    }

    /// Parses the next bytes; `false` when the handler has enough.
    func feed(_ bytes: [UInt8], isLast: Bool) throws(FormatError) -> Bool {
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe XML_Parse(
                parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), isLast ? 1 : 0)
        }
        if let failure { throw failure }
        if isDone { return false }
        guard status == XML_STATUS_OK else { throw syntaxError() }
        return true
    }

    private var line: Int { Int(unsafe XML_GetCurrentLineNumber(parser)) }

    private func syntaxError() -> FormatError {
        let code = unsafe XML_GetErrorCode(parser)
        let reason = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "not XML"
        let column = Int(unsafe XML_GetCurrentColumnNumber(parser)) + 1
        let ends = [
            XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR,
        ]
        let isCut = ends.contains(code)
        return FormatError(
            isCut ? .truncated : .corrupt, file: file, place: "line \(line), column \(column)",
            expected: "well-formed XML",
            found: depth > 0 && isCut ? "\(reason) (\(depth) elements are not closed)" : reason)
    }

    private func stop(_ failure: FormatError?) {
        if self.failure == nil { self.failure = failure }
        isDone = true
        _ = unsafe XML_StopParser(parser, 0)
    }

    private func refuseEntity() {
        stop(
            FormatError(
                .corrupt, file: file, place: "line \(line)", found: "entity declarations are not allowed"))
    }

    private func refuse(_ limit: String, found: String) {
        stop(FormatError(.limitExceeded, file: file, place: "line \(line)", expected: limit, found: found))
    }

    private func start(_ name: String, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard !isDone else { return }
        elements += 1
        guard elements <= limits.entries else { return refuse("at most \(limits.entries) elements", found: "more") }
        guard depth < limits.nesting else {
            return refuse("at most \(limits.nesting) nested elements", found: "deeper nesting")
        }
        var attributes: [(name: String, value: String)] = []
        if var next = unsafe list {
            while let name = unsafe next[0], let value = unsafe next[1] {
                unsafe attributes.append((String(cString: name), String(cString: value)))
                unsafe next += 2
            }
        }
        let element = XMLElement(name: name, attributes: attributes, line: line, depth: depth)
        depth += 1
        do throws(FormatError) {
            if try !handler.start(element) { stop(nil) }
        } catch {
            stop(error)
        }
    }

    private func end(_ name: String) {
        guard !isDone else { return }
        depth -= 1
        do throws(FormatError) { try handler.end(name) } catch { stop(error) }
    }
}
