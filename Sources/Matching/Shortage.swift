/// Askers who want places, givers who have some, and a set of askers that cannot all be served.
///
/// Between an asker and a giver may stand a gate with room of its own: at most so many places of that giver may go through it. (A
/// cap on a group, seen from the experts; a pair that two places of one proposal may not both take.)
///
/// Whether a set of askers can be served never turns from no to yes as askers are added. So it is enough to leave
/// out one after another as long as the rest still cannot be served: what remains is blocked, and without any one
/// of it all others can be served. By Hall's theorem the numbers of such a set contradict each other.
struct Shortage {
    struct Offer {
        var giver: Int32
        /// The gate it goes through, negative for none.
        var gate: Int32
    }
    /// Askers that cannot all be served, and the givers whose places they used up.
    struct Blocked {
        /// In ascending order.
        var askers: [Int]
        var givers: [Int]
        /// Whether nobody can be left out; false where there was no time to try everybody.
        var isMinimal: Bool
    }

    private var wants: [Int32] = []
    private var offers: [[Offer]] = []
    private var room: [Int32] = []
    private var gateRoom: [Int32] = []
    /// How often an asker may have places of the same giver.
    private let copies: Int32
    /// How many offers may still be looked at: counted rather than timed, so that the same problem always gets the
    /// same answer.
    private(set) var stepsLeft: Int

    init(copies: Int32 = 1, steps: Int) {
        self.copies = copies
        stepsLeft = steps
    }

    mutating func addGiver(room places: Int32) -> Int32 {
        room.append(places)
        return Int32(room.count - 1)
    }

    mutating func addGate(room places: Int32) -> Int32 {
        gateRoom.append(places)
        return Int32(gateRoom.count - 1)
    }

    mutating func addAsker(wants places: Int32, _ theirs: [Offer]) {
        wants.append(places)
        offers.append(theirs)
    }

    /// Askers that cannot all be served, as they are met; nil if all can be served, or if there was no time to see.
    mutating func first() -> Blocked? {
        var service = Service(self)
        var steps = stepsLeft
        defer { stepsLeft = steps }
        guard let askers = service.serve(Array(wants.indices), self, &steps) else { return nil }
        return Blocked(askers: askers, givers: service.reachedGivers.sorted(), isMinimal: false)
    }

    /// Askers that cannot all be served, with nobody among them whom it does without as far as there was time to try;
    /// nil if all can be served, or if there was no time to see. Askers are tried in their order.
    mutating func smallest() -> Blocked? {
        var service = Service(self)
        var steps = stepsLeft
        defer { stepsLeft = steps }
        guard var askers = service.serve(Array(wants.indices), self, &steps) else { return nil }
        service.keep(only: askers)
        var givers = service.reachedGivers
        for asker in askers where askers.contains(asker) {
            steps -= wants.count + room.count
            var others = service
            let rest = askers.filter { $0 != asker }
            others.keep(only: rest)
            if let smaller = others.serve(rest, self, &steps) {
                others.keep(only: smaller)
                service = others
                askers = smaller
                givers = others.reachedGivers
            }
            guard steps > 0 else {
                return Blocked(askers: askers, givers: givers.sorted(), isMinimal: false)
            }
        }
        return Blocked(askers: askers, givers: givers.sorted(), isMinimal: true)
    }

    /// Who has been given what while a set is served.
    private struct Service {
        struct Place {
            var asker: Int
            var gate: Int32
        }
        /// How an asker was reached: by giving up a place of a giver for another asker.
        struct Link {
            var giver: Int
            var leaves: Int32
            var taker: Int
            var enters: Int32
        }
        private var places: [[Place]]
        /// How many places each asker still has to be given; zero for who is left out.
        private var lacking: [Int32]
        private var gateLoad: [Int32]
        private var askerSeen: [Int32]
        private var giverSeen: [Int32]
        private var gateSeen: [Int32]
        private var reached: [Link]
        private var search: Int32 = 0
        private(set) var reachedAskers: [Int] = []
        private(set) var reachedGivers: [Int] = []

        init(_ shortage: Shortage) {
            let askers = shortage.wants.count
            places = Array(repeating: [], count: shortage.room.count)
            lacking = shortage.wants.map { max(0, $0) }
            gateLoad = Array(repeating: 0, count: shortage.gateRoom.count)
            askerSeen = Array(repeating: 0, count: askers)
            giverSeen = Array(repeating: 0, count: shortage.room.count)
            gateSeen = Array(repeating: 0, count: shortage.gateRoom.count)
            reached = Array(repeating: Link(giver: -1, leaves: -1, taker: -1, enters: -1), count: askers)
        }

        /// Gives these askers what they lack, one place at a time, each by the shortest chain of exchanges.
        ///
        /// - Returns: the askers of the first search that failed, in ascending order: they cannot all be served. Nil if all
        ///   were, or if steps ran out.
        mutating func serve(_ askers: [Int], _ shortage: Shortage, _ steps: inout Int) -> [Int]? {
            for asker in askers {
                while lacking[asker] > 0 {
                    guard giveOne(to: asker, shortage, &steps) else {
                        return steps > 0 ? reachedAskers.sorted() : nil
                    }
                    lacking[asker] -= 1
                }
            }
            return nil
        }

        /// Leaves out all other askers, and takes back what they were given.
        mutating func keep(only askers: [Int]) {
            var stays = [Bool](repeating: false, count: lacking.count)
            for asker in askers { stays[asker] = true }
            for asker in lacking.indices where !stays[asker] { lacking[asker] = 0 }
            for giver in places.indices where places[giver].contains(where: { !stays[$0.asker] }) {
                for place in places[giver] where !stays[place.asker] && place.gate >= 0 {
                    gateLoad[Int(place.gate)] -= 1
                }
                places[giver].removeAll { !stays[$0.asker] }
            }
        }

        /// Gives an asker one place more; false if nobody can make room, or if steps run out.
        private mutating func giveOne(
            to first: Int, _ shortage: Shortage, _ steps: inout Int
        ) -> Bool {
            search += 1
            reachedAskers.removeAll(keepingCapacity: true)
            reachedGivers.removeAll(keepingCapacity: true)
            askerSeen[first] = search
            reachedAskers.append(first)
            var next = 0
            while next < reachedAskers.count {
                let asker = reachedAskers[next]
                next += 1
                for offer in shortage.offers[asker] {
                    let giver = Int(offer.giver)
                    steps -= 1 + places[giver].count
                    guard steps > 0 else { return false }
                    guard places[giver].count(where: { $0.asker == asker }) < Int(shortage.copies) else {
                        continue
                    }
                    if offer.gate >= 0, gateLoad[Int(offer.gate)] >= shortage.gateRoom[Int(offer.gate)] {
                        // Only who came through this gate makes room in it.
                        guard gateSeen[Int(offer.gate)] != search else { continue }
                        gateSeen[Int(offer.gate)] = search
                        reach(asker, offer) { $0.gate == offer.gate }
                        continue
                    }
                    guard giverSeen[giver] != search else { continue }
                    giverSeen[giver] = search
                    if places[giver].count < Int(shortage.room[giver]) {
                        exchange(first, endingAt: asker, offer)
                        return true
                    }
                    reachedGivers.append(giver)
                    reach(asker, offer) { _ in true }
                }
            }
            return false
        }

        private mutating func reach(_ taker: Int, _ offer: Offer, where gives: (Place) -> Bool) {
            let giver = Int(offer.giver)
            for place in places[giver] where askerSeen[place.asker] != search && gives(place) {
                askerSeen[place.asker] = search
                reached[place.asker] = Link(
                    giver: giver, leaves: place.gate, taker: taker, enters: offer.gate)
                reachedAskers.append(place.asker)
            }
        }

        private mutating func exchange(_ first: Int, endingAt last: Int, _ offer: Offer) {
            take(last, Int(offer.giver), offer.gate)
            var asker = last
            while asker != first {
                let link = reached[asker]
                // It was reached through this place, and holds it still.
                let index = places[link.giver].firstIndex { $0.asker == asker && $0.gate == link.leaves }!
                places[link.giver].remove(at: index)
                if link.leaves >= 0 { gateLoad[Int(link.leaves)] -= 1 }
                take(link.taker, link.giver, link.enters)
                asker = link.taker
            }
        }

        private mutating func take(_ asker: Int, _ giver: Int, _ gate: Int32) {
            places[giver].append(Place(asker: asker, gate: gate))
            if gate >= 0 { gateLoad[Int(gate)] += 1 }
        }
    }
}
