import Glibc

/// Asks for large pages in new memory; small memory stays as it is.
///
/// Touching memory page by page costs as much as filling it.
package func adviseHugePages(_ memory: UnsafeMutableRawBufferPointer) {
    let page = 2 << 20
    guard memory.count >= 4 * page, let base = memory.baseAddress else { return }
    let start = (Int(bitPattern: base) + page - 1) / page * page
    let end = (Int(bitPattern: base) + memory.count) / page * page
    guard start < end, let address = unsafe UnsafeMutableRawPointer(bitPattern: start) else { return }
    _ = unsafe madvise(address, end - start, MADV_HUGEPAGE)
}
