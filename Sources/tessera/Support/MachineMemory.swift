import Formats
import Glibc

extension DecodeLimits {
    /// The standard limits, or half of the memory that this process may take where that is less: what is written of an image
    /// may need as much again.
    static let ofThisMachine: DecodeLimits = {
        var limits = DecodeLimits.standard
        limits.bytes = min(limits.bytes, MachineMemory.bytes / 2)
        return limits
    }()
}

/// The memory that this process may take.
enum MachineMemory {
    /// The machine's memory, or what the process or its container is limited to.
    static let bytes: Int = [physical, addressSpace, container].compactMap(\.self).min() ?? .max

    private static var physical: Int? {
        let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
        return pages > 0 && size > 0 ? pages * size : nil
    }

    /// `ulimit -v`.
    private static var addressSpace: Int? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
        return Int(exactly: limit.rlim_cur)
    }

    /// The limit of the control group, which containers set; `max` is none.
    private static var container: Int? {
        let path = "/sys/fs/cgroup/memory.max"
        guard FilePaths.exists(path), let bytes = try? ByteSource(path: path).prefix(32) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self).filter(\.isNumber))
    }
}
