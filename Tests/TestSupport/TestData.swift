public import Foundation
public import Testing

/// Real images with ground truth that lie beside a checkout (`../shared/data`) and are not part of the project.
public enum TestData {
    /// The folder of the package.
    public static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The folder of the test data, or `nil` where it is absent.
    public static let root: URL? = {
        let named = ProcessInfo.processInfo.environment["TESSERA_TEST_DATA"].map { URL(filePath: $0) }
        let folder = named ?? packageRoot.deletingLastPathComponent().appending(path: "shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Whether the test data is there; for `.enabled(if:)`.
    public static var isPresent: Bool { root != nil }

    /// The path of one file.
    public static func path(_ relative: String) throws -> String {
        try #require(root).appending(path: relative).path
    }

    /// The paths of all files below a folder, sorted, relative to the root of the data.
    public static func files(below folder: String, extensions: Set<String>? = nil) -> [String] {
        guard let root, let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else {
            return []
        }
        return walk.compactMap { $0 as? String }.map { "\(folder)/\($0)" }.filter { file in
            let url = root.appending(path: file)
            let isFile = (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false
            return isFile && extensions?.contains(url.pathExtension.lowercased()) ?? true
        }.sorted()
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, saying why, where the real test data is absent.
    public static var needsTestData: Self {
        .enabled(if: TestData.isPresent, "the test data (../shared/data) is not on this machine")
    }
}
