package import Lifecycle
package import Store

/// Dossiers an official may not handle, and therefore does not see, in lists, counts and totals.
package enum Recusal {
    /// The same conflicts as ``Parties/reasonsAgainstOffice(of:on:_:)`` finds one by one.
    package static func barred(_ person: ID<Person>, _ store: Transaction) throws -> Set<ID<Application>> {
        Set(try store.values(Parties.barred(person), as: ID<Application>.self))
    }
}
