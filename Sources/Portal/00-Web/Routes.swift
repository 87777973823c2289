/// The route table. Each slice adds its lines; tests walk it.
package final class Routes {
    package typealias Handler = @Sendable (Ask) async throws -> Answer

    package struct Line: Sendable {
        package let method: String
        /// Such as `/applications/{id}/draft`.
        package let pattern: String
        /// Largest body taken, in bytes.
        package let limit: Int
        let handler: Handler
    }

    package private(set) var lines: [Line] = []

    package init() {}

    package func get(_ pattern: String, _ handler: @escaping Handler) {
        lines.append(Line(method: "GET", pattern: pattern, limit: 0, handler: handler))
    }

    /// - Parameter limit: largest body in bytes; uploads name their own.
    package func post(_ pattern: String, limit: Int = 1 << 20, _ handler: @escaping Handler) {
        lines.append(Line(method: "POST", pattern: pattern, limit: limit, handler: handler))
    }
}
