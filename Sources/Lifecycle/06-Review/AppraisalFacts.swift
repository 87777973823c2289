/// One expert's place in the panel of one step.
package enum AppraiserSeat {}

/// An officer asks an expert to sit for a lens.
package struct AppraiserSeated: FactBody {
    package static let kind = FactKind("appraiser.seated")
    package let seat: ID<AppraiserSeat>
    package let application: ID<Application>
    /// Step of the procedure, and lens of its appraisal.
    package let step: String
    package let lens: String
    package let expert: ID<Person>

    package init(
        seat: ID<AppraiserSeat>, application: ID<Application>, step: String, lens: String,
        expert: ID<Person>
    ) {
        self.seat = seat
        self.application = application
        self.step = step
        self.lens = lens
        self.expert = expert
    }
}

package struct AppraiserAccepted: FactBody {
    package static let kind = FactKind("appraiser.accepted")
    package let seat: ID<AppraiserSeat>
    package init(seat: ID<AppraiserSeat>) { self.seat = seat }
}

/// With the reason.
package struct AppraiserDeclined: FactBody {
    package static let kind = FactKind("appraiser.declined")
    package let seat: ID<AppraiserSeat>
    package init(seat: ID<AppraiserSeat>) { self.seat = seat }
}

/// Left the panel over a conflict of interest, by their own word or an officer's; the relation stands in the reason.
/// An appraisal that was written already counts no more.
package struct AppraiserRecused: FactBody {
    package static let kind = FactKind("appraiser.recused")
    package let seat: ID<AppraiserSeat>
    package init(seat: ID<AppraiserSeat>) { self.seat = seat }
}

/// Taken off by an officer before anything was written, on a ground of procedure.
package struct AppraiserReleased: FactBody {
    package static let kind = FactKind("appraiser.released")
    package let seat: ID<AppraiserSeat>
    package init(seat: ID<AppraiserSeat>) { self.seat = seat }
}

/// Under seal until the step is closed.
package struct AppraisalWritten: FactBody {
    package static let kind = FactKind("appraisal.written")
    package let seat: ID<AppraiserSeat>
    package let appraisal: ExpertAppraisal
    package init(seat: ID<AppraiserSeat>, appraisal: ExpertAppraisal) {
        self.seat = seat
        self.appraisal = appraisal
    }
}

/// The seals are broken, and the answers come to this. Names nobody.
package struct AppraisalClosed: FactBody {
    package static let kind = FactKind("appraisal.closed")
    package let step: String
    /// The appraisal's id in the definition that the call pins.
    package let appraisal: String
    /// Seats whose answers were counted, in an order that tells nothing.
    package let seats: [ID<AppraiserSeat>]
    package let result: AppraisalResult

    package init(step: String, appraisal: String, seats: [ID<AppraiserSeat>], result: AppraisalResult) {
        self.step = step
        self.appraisal = appraisal
        self.seats = seats
        self.result = result
    }
}
