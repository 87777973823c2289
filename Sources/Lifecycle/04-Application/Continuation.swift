/// What an applicant declares an application to go on from: an earlier application of their own, or a project that
/// this house does not hold, named in words. Said with the application, so that what the two texts share is expected
/// and nobody has to ask.
package struct Continuation: Sendable, Codable, Hashable {
    /// The earlier application, the applicant's own; nil where it is named in words.
    package let application: ID<Application>?
    /// Its number, or the words that name the project.
    package let reference: String

    package init(application: ID<Application>?, reference: String) {
        self.application = application
        self.reference = reference
    }

    /// Words shorter name nothing, and longer ones belong into the proposal. Characters.
    package static let length = 5...200
    /// So many an application.
    package static let most = 5
}
