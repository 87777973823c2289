import Store

/// The first of what waits for somebody, and how many wait in all. A to-do lists the first and says where the others
/// stand; it never ends at a LIMIT nobody is told of.
struct Foremost<Row: Sendable>: Sendable {
    /// One more than the to-do lists, where more wait.
    private let read: [Row]
    let total: Int
    private let most: Int

    /// - Parameter all: everything that waits, in order.
    init(_ all: [Row], most: Int = PendingTask.most) {
        self.init(read: Array(all.prefix(most + 1)), total: all.count, most: most)
    }

    fileprivate init(read: [Row], total: Int, most: Int) {
        self.read = read
        self.total = total
        self.most = most
    }

    /// - Parameter desk: the address of the list that holds every one of them.
    func tasks(desk: String, _ task: (Row) -> PendingTask) -> [PendingTask] {
        let tasks = read.map(task)
        guard tasks.count > most else { return tasks }
        return Array(tasks.prefix(most)) + [.rest(from: tasks[most], count: total - most, at: desk)]
    }
}

extension PendingTask {
    /// So many of one kind a to-do lists one by one.
    static let most = 50
}

extension Transaction {
    /// - Parameters:
    ///   - source: what stands after FROM, up to the order.
    ///   - order: in which the most urgent comes first.
    func foremost<Row: Decodable & Sendable>(
        _ columns: SQL, from source: SQL, by order: SQL, most: Int = PendingTask.most
    ) throws -> Foremost<Row> {
        let read = try rows(
            "SELECT \(sql: columns) FROM \(sql: source) ORDER BY \(sql: order) LIMIT \(most + 1)",
            as: Row.self)
        guard read.count > most else { return Foremost(read: read, total: read.count, most: most) }
        let total = try value("SELECT COUNT(*) FROM \(sql: source)", as: Int.self)
        return Foremost(read: read, total: total ?? read.count, most: most)
    }
}
