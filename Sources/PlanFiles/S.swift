package import Lifecycle

package struct Plan: Sendable {
    package let calendar: WorkCalendar
    package let programmes: [Programme]
}
