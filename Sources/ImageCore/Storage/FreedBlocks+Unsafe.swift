import Glibc
import Synchronization

/// Memory of images that are gone, kept for the next ones.
///
/// Memory that comes fresh from the system costs as much as many operations do: each of its pages is cleared when it is written first.
/// What is kept stays below ``FreedBlocks/most`` in all.
@usableFromInline
enum FreedBlocks {
    /// Most bytes that are kept.
    static let most = 64 << 20
    /// Smaller blocks are left to the C library, which keeps them itself.
    private static let least = 64 << 10
    /// Blocks from this size on get large pages where the system has them.
    private static let large = 4 << 20
    private static let pageSize = 4096
    private static let mostBlocks = 64

    /// Unchecked: while it is kept, a block belongs to nobody; whoever takes it is its only owner.
    @unsafe private struct Block: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
        let size: Int
        /// The thread that freed it, in whose caches its content may still be.
        let thread: pthread_t
    }

    /// Unchecked: a `Mutex` lends it to one thread at a time.
    @unsafe private struct Kept: @unchecked Sendable {
        /// The block that was freed last comes last.
        var blocks: [Block] = unsafe []
        var size = 0

        /// The block freed last among those that fit and are hardly larger, by the same thread where there is one.
        mutating func take(_ size: Int) -> Block? {
            let thread = pthread_self()
            func fits(_ block: Block) -> Bool { unsafe block.size >= size && block.size - size <= size / 8 }
            let own = unsafe blocks.lastIndex { block in unsafe block.thread == thread && fits(block) }
            guard let place = unsafe own ?? blocks.lastIndex(where: fits) else { return nil }
            let block = unsafe blocks.remove(at: place)
            unsafe self.size -= block.size
            return unsafe block
        }

        /// Keeps a block; gives those that have to go instead.
        mutating func keep(_ block: Block) -> [Block] {
            unsafe blocks.append(block)
            unsafe size += block.size
            var gone: [Block] = unsafe []
            while unsafe size > most || blocks.count > mostBlocks {
                let first = unsafe blocks.removeFirst()
                unsafe size -= first.size
                unsafe gone.append(first)
            }
            return unsafe gone
        }
    }

    private static let kept = unsafe Mutex(Kept())

    /// Bytes that are kept now.
    static var keptSize: Int { unsafe kept.withLock { kept in unsafe kept.size } }

    /// A block of at least so many bytes, aligned to 64, whose content is undefined; the size is what ``give(_:size:)`` wants back.
    @usableFromInline
    static func take(_ size: Int) -> (start: UnsafeMutableRawPointer, size: Int) {
        if size >= least, size <= most, let block = unsafe kept.withLock({ kept in unsafe kept.take(size) }) {
            return unsafe (block.start, block.size)
        }
        let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        if size >= large {
            let page = unsafe start.alignedUp(toMultipleOf: pageSize)
            unsafe madvise(page, size - (page - start), MADV_HUGEPAGE)
        }
        return unsafe (start, size)
    }

    /// Takes back a block from ``take(_:)``.
    @usableFromInline
    static func give(_ start: UnsafeMutableRawPointer, size: Int) {
        guard size >= least, size <= most else { return unsafe start.deallocate() }
        let gone = unsafe kept.withLock { kept in
            unsafe kept.keep(Block(start: start, size: size, thread: pthread_self()))
        }
        unsafe gone.forEach { block in unsafe block.start.deallocate() }
    }
}
