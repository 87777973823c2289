package import Lifecycle
import Store

extension DemoRound {
    /// What becomes of a request for an exception.
    package enum Ruling: Sendable {
        case granted
        case declined
        /// Nobody has decided yet, and the dossier waits.
        case pending
    }

    /// Whoever may except decides on what was asked, then the officer confirms what the rules propose.
    ///
    /// - Parameter rulings: on the requests in order; those after the last are granted.
    /// - Returns: the dossiers that passed.
    @discardableResult
    package func screen(
        _ applications: [ID<Application>], at: Instant, rulings: [Ruling] = []
    ) throws -> [ID<Application>] {
        let waiting = try decide(applications, at: at.adding(seconds: -86_400), rulings)
        let officer = register.cast.person("programme-officer")
        let house = house
        return try house.changeNow(by: officer, at: at) { change in
            var passed: [ID<Application>] = []
            for application in applications where !waiting.contains(application) {
                let findings = try ScreeningActs.findings(application, house, change.store)
                let reason = findings.proposal == .pass ? "" : "（演示）经核对原件，情况属实，按规则处理。"
                let passes = findings.proposal != .fail
                try ScreeningActs.screen(
                    application, passed: passes, reason: reason, by: officer, change, house)
                if passes { passed.append(application) }
            }
            return passed
        }
    }

    /// - Returns: the dossiers whose request stays open.
    private func decide(
        _ applications: [ID<Application>], at: Instant, _ rulings: [Ruling]
    ) throws -> Set<ID<Application>> {
        let house = house
        let requests = try house.database.readNow { store in
            try applications.flatMap { application in
                try ExceptionRecord.all(of: application, store).map { (application, $0) }
            }
        }
        var waiting: Set<ID<Application>> = []
        for (place, (application, request)) in requests.enumerated() {
            guard let role = request.decider else { continue }
            let ruling = place < rulings.count ? rulings[place] : .granted
            let person = register.cast.person(role.rawValue)
            switch ruling {
            case .pending: waiting.insert(application)
            case .granted, .declined:
                try house.changeNow(by: person, at: at) { change in
                    try ExceptionActs.decide(
                        request.rule, of: application, granted: ruling == .granted,
                        reason: ruling == .granted
                            ? DemoRemarks.exceptionGranted : DemoRemarks.exceptionDeclined, by: person,
                        as: role, change, house)
                }
            }
        }
        return waiting
    }
}
