import Foundation

/// The most memory that this process has held resident since it started, in bytes.
///
/// VmHWM of this program alone: what `getrusage` says counts the program that started it, too.
public func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
}
