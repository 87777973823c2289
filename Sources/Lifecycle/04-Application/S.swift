extension Rule {
    package func verdict(on: Day, applicant: Applicant, settings: Settings, callYear: Int, projectEnd: Day?)
        -> Verdict
    { fatalError() }
    package func verdict(on: Day, list: [Applicant], quota: Int?, settings: Settings) -> Verdict {
        fatalError()
    }
}
