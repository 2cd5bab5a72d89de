import Patches

/// Tells people how a batch goes: a bar on a terminal, a line for each input otherwise.
final class ProgressReport {
    private let command: String
    private var total = 0
    private var finished = 0

    init(command: String) { self.command = command }

    /// Shows one event.
    func show(_ event: BatchEvent) {
        switch event {
        case .started(let count):
            total = count
            drawBar(name: "")
        case .skipped(let name):
            finished += 1
            print("\(name): done before", name: name)
        case .finished(let name, let summary, let failures):
            finished += 1
            for failure in failures { erasingBar { StandardError.line("tessera: \(failure)") } }
            print("\(name): \(summary)", name: name)
        }
    }

    /// Shows what went wrong before any input was opened.
    func show(failures: [String]) {
        for failure in failures { StandardError.line("tessera: \(failure)") }
    }

    /// Shows the end of a batch, in one line and the failures once more when there was more than one input.
    func show(_ summary: BatchSummary, what: String) {
        eraseBar()
        var text = "\(command): \(summary.done) done"
        if summary.skipped > 0 { text += ", \(summary.skipped) done before" }
        if summary.failed > 0 { text += ", \(summary.failed) failed" }
        if !what.isEmpty { text += "; \(summary.written) \(what)" }
        StandardError.line(text)
        guard !summary.failures.isEmpty else { return }
        StandardError.line("\(command): could not be done:")
        for failure in summary.failures { StandardError.line("  \(failure)") }
    }

    private func print(_ text: String, name: String) {
        erasingBar { StandardError.line("[\(finished)/\(total)] \(text)") }
        drawBar(name: name)
    }

    private func erasingBar(_ body: () -> Void) {
        eraseBar()
        body()
    }

    private func eraseBar() {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    }

    private func drawBar(name: String) {
        guard StandardError.isTerminal, total > 0, finished < total else { return }
        let width = 30
        let filled = finished * width / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        StandardError.write("\r[\(bar)] \(finished)/\(total)")
    }
}
