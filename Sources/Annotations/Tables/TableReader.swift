import Formats
import ImageCore

/// Reads regions from tables: CSV, and text with tabs or spaces.
///
/// With a header, the usual names of columns are understood, among them those of Slideflow (`ROI_name, X_base, Y_base,
/// label`). A row is a corner of the polygon that its region column names, a point, or a box.
struct TableReader {
    private let layout: TableLayout
    private let options: AnnotationOptions
    private let parser: CoordinateParser
    private var set: AnnotationSet
    private var drafts: [Draft] = []
    private var draftOfRegion: [String: Int] = [:]
    private let scale: (x: Double, y: Double)

    /// A polygon or a set of points whose rows are still coming.
    private struct Draft {
        var name: String
        var className: String?
        var place: String
        var points: [(order: Double, point: Point)] = []
    }

    static func read(_ source: ByteSource, options: AnnotationOptions) throws(FormatError) -> AnnotationSet {
        var table = try TableParser(source)
        guard let first = try table.next() else {
            throw FormatError(.notRecognized, file: source.name, expected: "a table", found: "no rows")
        }
        let hasHeader = options.hasHeader ?? first.fields.allSatisfy { CoordinateParser.decimal($0) == nil }
        let layout =
            try hasHeader
            ? TableLayout(header: first, options: options, file: source.name)
            : TableLayout(first: first, options: options, file: source.name)
        var reader = try TableReader(layout: layout, options: options, file: source.name, firstLine: first.place)
        var count = 0
        var row = hasHeader ? try table.next() : first
        while let current = row {
            count += 1
            guard count <= options.limits.entries else {
                throw FormatError(
                    .limitExceeded, file: source.name, place: current.place,
                    expected: "at most \(options.limits.entries) rows", found: "more")
            }
            try reader.add(current)
            row = try table.next()
        }
        return reader.finish()
    }

    private init(
        layout: TableLayout, options: AnnotationOptions, file: String, firstLine: String
    ) throws(FormatError) {
        self.layout = layout
        self.options = options
        parser = CoordinateParser(file: file)
        set = AnnotationSet(format: "table", source: file)
        switch options.unit {
        case .micrometres(let x, let y): scale = (1 / x, 1 / y)
        case .pixelsAtDownsample(let x, let y): scale = (x, y)
        case .pixels: scale = (1, 1)
        case nil:
            scale = try Self.scale(statesMicrometres: layout.statesMicrometres, options, file, firstLine)
            if layout.statesMicrometres == nil {
                set.warnings.append("\(firstLine): the unit is not stated, taken as pixels of level 0")
            }
        }
        guard scale.x > 0, scale.y > 0, scale.x.isFinite, scale.y.isFinite else {
            throw FormatError(
                .invalidRequest, file: file, expected: "a unit above 0", found: "\(scale.x) along x, \(scale.y) along y"
            )
        }
    }

    /// The factor to pixels of level 0 where only the header tells the unit.
    private static func scale(
        statesMicrometres: Bool?, _ options: AnnotationOptions, _ file: String, _ firstLine: String
    ) throws(FormatError) -> (x: Double, y: Double) {
        guard statesMicrometres == true else { return (1, 1) }
        guard let mpp = options.mpp else {
            throw FormatError(
                .invalidRequest, file: file, place: firstLine, expected: "a slide of known resolution",
                found: "coordinates in micrometres")
        }
        return (1 / mpp.x, 1 / mpp.y)
    }

    private func field(_ column: Int?, of row: TableRow) -> String? {
        guard let column, column < row.fields.count else { return nil }
        return row.fields[column]
    }

    private func number(_ i: Int, of row: TableRow) throws(FormatError) -> Double {
        let name =
            layout.numbers.count == 2
            ? ["x", "y"][i]
            : layout.rows == .corners ? ["left", "top", "right", "bottom"][i] : ["left", "top", "width", "height"][i]
        let value = try parser.number(field(layout.numbers[i], of: row), name, place: row.place)
        return try parser.checked(value * (i % 2 == 0 ? scale.x : scale.y), name, place: row.place)
    }

    private mutating func add(_ row: TableRow) throws(FormatError) {
        switch layout.rows {
        case .vertices, .points: try addPoint(row)
        case .sizes, .corners: try addBox(row)
        }
    }

    private mutating func addBox(_ row: TableRow) throws(FormatError) {
        let (left, top) = (try number(0, of: row), try number(1, of: row))
        var (right, bottom) = (try number(2, of: row), try number(3, of: row))
        if layout.rows == .sizes { (right, bottom) = (left + right, top + bottom) }
        guard right > left, bottom > top else {
            set.warnings.append("\(row.place): a box without area, skipped")
            return
        }
        set.regions.append(
            AnnotationRegion(
                shape: .rectangle(Box(minX: left, minY: top, maxX: right, maxY: bottom)),
                name: field(layout.region, of: row) ?? "", className: className(of: row), place: row.place))
    }

    private func className(of row: TableRow) -> String? {
        field(layout.className, of: row).flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func addPoint(_ row: TableRow) throws(FormatError) {
        let point = Point(x: try number(0, of: row), y: try number(1, of: row))
        var order = 0.0
        if let text = field(layout.order, of: row), !text.isEmpty {
            order = try parser.number(text, "the order", place: row.place)
        }
        let draft = draftIndex(of: row)
        drafts[draft].points.append((order, point))
        if let name = className(of: row), let known = drafts[draft].className, name != known {
            set.warnings.append("\(row.place): class \"\(name)\" in a region of class \"\(known)\", ignored")
        }
    }

    /// The draft that a row belongs to: by its region, or by empty lines between rows where no column names one.
    private mutating func draftIndex(of row: TableRow) -> Int {
        let region = field(layout.region, of: row)
        if let region, let known = draftOfRegion[region] { return known }
        let isClassOfItsOwn = layout.rows == .points && className(of: row) != drafts.last?.className
        if region == nil, !drafts.isEmpty, !row.followsBlankLine, !isClassOfItsOwn { return drafts.count - 1 }
        drafts.append(Draft(name: region ?? "", className: className(of: row), place: row.place))
        if let region { draftOfRegion[region] = drafts.count - 1 }
        return drafts.count - 1
    }

    private consuming func finish() -> AnnotationSet {
        for draft in drafts {
            let sorted = draft.points.enumerated().sorted {
                ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
            }
            let points = sorted.map(\.element.point)
            let ring = layout.rows == .points ? [] : Polygon.ring(points)
            guard layout.rows == .points || ring.count >= 3 else {
                set.warnings.append(
                    "\(draft.place): region \"\(draft.name)\" has \(ring.count) distinct points, skipped")
                continue
            }
            set.regions.append(
                AnnotationRegion(
                    shape: layout.rows == .points ? .points(points) : .polygon(Polygon(outer: ring)), name: draft.name,
                    className: draft.className, place: draft.place))
        }
        return set
    }
}
