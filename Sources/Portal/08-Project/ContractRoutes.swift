import Lifecycle

/// The contract's tab and the agreement of a party.
enum ContractRoutes {
    static func add(to routes: Routes) {
        routes.get("/cases/{id}/contract") { ask in
            let id = ask.id("id", Application.self)
            let picture = try await ask.read { store in
                let opened = try OpenCase.find(
                    id, for: ask.viewer, as: ProjectSight.visitors, ask.house, store)
                return try ContractPage.Picture.read(opened, ask, store)
            }
            return try await ask.page("contract/contract", ContractPage(picture, ask))
        }
        routes.post("/cases/{id}/contract/agree") { ask in
            let id = ask.id("id", Application.self)
            let person = try ask.signedIn()
            guard let party = Role(rawValue: ask.form.text("party")) else { throw Missing() }
            try await ask.change { change in
                _ = try OpenCase.find(
                    id, for: ask.viewer, as: ProjectSight.readers, ask.house, change.store)
                try ContractActs.agree(id, as: party, by: person, change, ask.house)
            }
            return .see("/cases/\(id)/contract?done=contract-agreed")
        }
    }
}
