import Formats

/// Where in the rows of a table the numbers and names stand.
struct TableLayout {
    var rows: AnnotationOptions.Rows
    /// The columns of x, y, or of the four numbers of a box.
    var numbers: [Int]
    var region: Int?
    var className: Int?
    var order: Int?
    /// What the header says about the unit: micrometres or not.
    var statesMicrometres: Bool?
}

extension TableLayout {
    /// The layout that a header describes.
    ///
    /// - Throws: ``FormatError`` that says what is missing, or which option decides.
    init(header: TableRow, options: AnnotationOptions, file: String) throws(FormatError) {
        let columns = header.fields.map(TableColumn.init(header:))
        func find(_ column: TableColumn) -> Int? { columns.firstIndex(of: column) }
        func find(_ wanted: [TableColumn]) -> [Int]? {
            let found = wanted.compactMap { find($0) }
            return found.count == wanted.count ? found : nil
        }
        (region, className, order) = (find(.region), find(.className), find(.order))
        if let corners = find([.left, .top, .right, .bottom]) {
            (rows, numbers) = (.corners, corners)
        } else if let sizes = find([.left, .top, .width, .height]) ?? find([.x, .y, .width, .height]) {
            (rows, numbers) = (.sizes, sizes)
        } else if let point = find([.x, .y]) {
            guard let rows = options.rows ?? (region == nil ? nil : .vertices) else {
                throw Self.undecided(
                    file, header, "a column that names the region, or --annotation-rows (vertices or points)")
            }
            (self.rows, numbers) = (rows, point)
        } else {
            throw FormatError(
                .unsupported, file: file, place: header.place,
                expected: "columns x and y, or xmin, ymin, xmax, ymax, or x, y, width, height",
                found: "\"\(header.fields.prefix(12).joined(separator: ", "))\"")
        }
        let units = Set(numbers.compactMap { TableColumn.statesMicrometres(header.fields[$0]) })
        statesMicrometres = units.count == 1 ? units.first : nil
    }

    /// The layout of a table without a header, which options must describe.
    ///
    /// Names stand before the numbers (region, then class), or after them (class).
    init(first row: TableRow, options: AnnotationOptions, file: String) throws(FormatError) {
        guard let rows = options.rows else {
            throw Self.undecided(file, row, "a header, or --annotation-rows (vertices, points, sizes or corners)")
        }
        guard let order = options.order else {
            throw Self.undecided(file, row, "a header, or --annotation-order (xy or yx)")
        }
        let isBox = rows == .sizes || rows == .corners
        let wanted = isBox ? 4 : 2
        let names = row.fields.count - wanted
        guard (0...2).contains(names) else {
            throw Self.undecided(file, row, "a header, or \(wanted) numbers and up to 2 names in each row")
        }
        let isNumberFirst = CoordinateParser.decimal(row.fields[0]) != nil
        let isNumberLast = CoordinateParser.decimal(row.fields[row.fields.count - 1]) != nil
        let start = isNumberFirst && !isNumberLast ? 0 : names
        numbers = (0..<wanted).map { start + (order == .yx ? $0 ^ 1 : $0) }
        self.rows = rows
        if start == 0 {
            className = names > 0 ? wanted : nil
        } else if rows == .vertices {
            (region, className) = (0, names > 1 ? 1 : nil)
        } else {
            className = names - 1
        }
    }

    private static func undecided(_ file: String, _ row: TableRow, _ expected: String) -> FormatError {
        FormatError(
            .invalidRequest, file: file, place: row.place, expected: expected,
            found: "\"\(row.fields.prefix(8).joined(separator: ", "))\"")
    }
}
