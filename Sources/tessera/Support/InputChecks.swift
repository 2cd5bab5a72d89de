import ArgumentParser
import Formats
import Patches

/// Refuses paths of an option that do not exist: better than a night's work without the annotations.
func checkFiles(_ paths: [String], option: String) throws(ExitCode) {
    for failure in FileSearch.missing(paths) {
        StandardError.line("tessera: \(option) \(failure)")
        throw ExitCode(1)
    }
}

/// Refuses a word that is neither a method nor a path.
func checkFiles(_ method: TissueMethod, option: String) throws(ExitCode) {
    guard case .file(let path) = method, !FileSearch.missing([path]).isEmpty else { return }
    StandardError.line(
        "tessera: \(option) \(path): expected otsu, saturation, none, or a file or folder, found nothing of that name")
    throw ExitCode(1)
}

/// Reads a file that an option names; what is wrong with it is told, and nothing is started.
func reading<Value>(_ body: () throws(FormatError) -> Value) throws(ExitCode) -> Value {
    do throws(FormatError) {
        return try body()
    } catch {
        StandardError.line("tessera: \(error)")
        throw ExitCode(1)
    }
}
