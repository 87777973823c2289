package import Hummingbird
import Logging
import NIOCore

extension House {
    /// Every route of every slice, for the router and for the tests that walk them.
    package func routes() -> Routes {
        let routes = Routes()
        for slice in slices { slice.routes(routes) }
        return routes
    }

    package func responder() -> RouterResponder<PortalContext> {
        let reception = Reception(house: self)
        let router = Router(context: PortalContext.self, options: [.autoGenerateHeadEndpoints])
        for line in routes().lines {
            let path = RouterPath(line.pattern)
            router.on(path, method: line.method == "GET" ? .get : .post) { request, context in
                await reception.handle(line, request, context)
            }
        }
        router.middlewares.add(UnknownPaths(reception: reception))
        return router.buildResponder()
    }
}

/// A path nobody serves answers exactly like an object nobody may see.
private struct UnknownPaths: RouterMiddleware {
    let reception: Reception

    @concurrent func handle(
        _ request: Request, context: PortalContext,
        next: @concurrent (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            let method = request.method.rawValue
            let known = method == "GET" || method == "POST" || method == "HEAD"
            let line = Routes.Line(method: "GET", pattern: "*", limit: 0) { ask in
                if !known { return try await ask.problem(405, "method") }
                if error.status.code == 404 { throw Missing() }
                return try await ask.problem(error.status.code, "bad-form")
            }
            return await reception.handle(line, request, context)
        }
    }
}
