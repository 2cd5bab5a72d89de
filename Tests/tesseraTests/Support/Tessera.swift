import Foundation
import Testing

/// The built executable, run as a user runs it.
struct Tessera {
    /// What a run printed and how it ended.
    struct Outcome {
        let status: Int32
        let wasSignalled: Bool
        let output: String
        let errors: String

        /// The lines for people.
        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
        /// The lines that tell of something that could not be done.
        var failures: [String] { errorLines.filter { $0.hasPrefix("tessera: ") } }
    }

    /// `tessera`, in the build folder that holds this test bundle.
    static let executable: URL = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "tessera")
    }()

    /// Runs a command to its end.
    @discardableResult
    static func run(_ arguments: String..., in folder: URL? = nil) throws -> Outcome {
        try run(arguments, in: folder)
    }

    /// Runs a command to its end.
    @discardableResult
    static func run(_ arguments: [String], in folder: URL? = nil) throws -> Outcome {
        try Tessera(arguments, in: folder).finish()
    }

    /// Runs a shell line in which `"$TESSERA"` stands for the executable.
    static func shell(_ line: String, in folder: URL? = nil) throws -> Outcome {
        let shell = Tessera(executable: URL(filePath: "/bin/sh"), ["-c", line], in: folder)
        return try shell.finish()
    }

    private let process = Process()
    private let output = Stream()
    private let errors = Stream()

    /// Prepares a command.
    init(_ arguments: [String], in folder: URL? = nil) {
        self.init(executable: Self.executable, arguments, in: folder)
    }

    private init(executable: URL, _ arguments: [String], in folder: URL?) {
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TESSERA": Self.executable.path], uniquingKeysWith: { _, new in new })
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output.handle
        process.standardError = errors.handle
    }

    /// Starts the command.
    func start() throws { try process.run() }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Whether the command still runs.
    var isRunning: Bool { process.isRunning }

    /// Waits for the end of a command that was started.
    func wait() throws -> Outcome {
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal,
            output: try output.text(), errors: try errors.text())
    }

    private func finish() throws -> Outcome {
        try start()
        return try wait()
    }
}

/// What a process prints, in a file without a name, so that no pipe can fill up.
private final class Stream {
    let handle: FileHandle

    init() {
        let path = FileManager.default.temporaryDirectory.appending(path: "tessera-test-\(UUID().uuidString).out").path
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        precondition(descriptor >= 0, "the temporary folder can be written")
        unsafe unlink(path)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func text() throws -> String {
        try handle.seek(toOffset: 0)
        return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    }
}
