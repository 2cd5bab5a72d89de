import Patches

/// Tells people how a batch goes: a bar on a terminal, a line for each input otherwise.
final class ProgressReport {
    private let command: String
    /// The classes of the annotations, told once at the start.
    var classes: String?
    private var total = 0
    private var finished = 0

    init(command: String) { self.command = command }

    /// Shows one event.
    func show(_ event: BatchEvent) {
        switch event {
        case .started(let count):
            total = count
            if let classes { StandardError.line("classes: \(classes.isEmpty ? "none" : classes)") }
            drawBar()
        case .skipped(let name):
            finished += 1
            print("\(name): done before")
        case .finished(let name, let summary, let warnings):
            finished += 1
            eraseBar()
            for warning in warnings { StandardError.line("tessera: warning: \(warning)") }
            print("\(name): \(summary)")
        }
    }

    /// Shows the end of a batch: a line for each thing that could not be done, then one line that counts.
    func show(_ summary: BatchSummary, what: String) {
        eraseBar()
        for failure in summary.failures { StandardError.line("tessera: \(failure)") }
        var text = "\(command): \(summary.done) done"
        if summary.skipped > 0 { text += ", \(summary.skipped) done before" }
        if summary.failed > 0 { text += ", \(summary.failed) failed" }
        if !what.isEmpty { text += "; \(summary.written) \(what) written" }
        StandardError.line(text)
    }

    private func print(_ text: String) {
        eraseBar()
        StandardError.line("[\(finished)/\(total)] \(text)")
        drawBar()
    }

    private func eraseBar() {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    }

    private func drawBar() {
        guard StandardError.isTerminal, total > 0, finished < total else { return }
        let width = 30
        let filled = finished * width / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        StandardError.write("\r[\(bar)] \(finished)/\(total)")
    }
}
