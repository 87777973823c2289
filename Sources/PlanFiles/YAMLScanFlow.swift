/// Quoted text and flow collections, which may run over several lines.
extension YAMLScan {
    /// From the opening quote to behind the closing one.
    mutating func quoted() throws(PlanProblem) {
        let opening = place
        guard let quote = current else { return }
        advance()
        while let scalar = current {
            advance()
            if scalar == "\\" && quote == "\"" {
                if current != nil { advance() }
            } else if scalar == quote {
                if quote == "'" && current == "'" { advance() } else { return }
            }
        }
        throw PlanProblem(opening, "yaml.unclosed", "引号没有闭合", "the quote is not closed")
    }

    /// From the opening bracket to behind the closing one.
    mutating func flow() throws(PlanProblem) {
        let opening = place
        /// Plain text ended with its line: only `,`, `:` or a closing bracket may follow.
        var hanging = false
        repeat {
            try skipBlanksAndComments(opening)
            guard let scalar = current else { throw unclosed(opening) }
            if hanging && ![",", ":", "]", "}"].contains(scalar) {
                throw refusal(
                    "yaml.continuation", "多行文字请用引号", "write text over several lines in quotes")
            }
            hanging = false
            switch scalar {
            case "[", "{":
                closers.append(scalar == "[" ? "]" : "}")
                try checkDepth()
                advance()
            case "]", "}":
                guard closers.popLast() == scalar else { throw unexpected }
                advance()
            case ",": advance()
            case ":" where isBlank(1) || isFlowMark(1): advance()
            case "\"", "'":
                try quoted()
                if current == ":" { advance() }
            case "|", ">": throw unexpected
            default:
                try checkNodeStart(scalar)
                try flowText()
                hanging = atLineEnd
            }
        } while !closers.isEmpty
    }

    private func unclosed(_ opening: Place) -> PlanProblem {
        PlanProblem(opening, "yaml.unclosed", "括号没有闭合", "the bracket is not closed")
    }

    private func isFlowMark(_ distance: Int) -> Bool {
        switch peek(distance) {
        case ",", "[", "]", "{", "}": true
        case .none, .some: false
        }
    }

    private mutating func skipBlanksAndComments(_ opening: Place) throws(PlanProblem) {
        while let scalar = current {
            switch scalar {
            case " ", "\t", "\n", "\r": advance()
            case "#" where [" ", "\t", "\n"].contains(scalars[index - 1]):
                while !atLineEnd { advance() }
            default: return
            }
        }
        throw unclosed(opening)
    }

    /// Plain text inside brackets. Versions of the parser differ about `?` and `:` inside it, so a question
    /// mark, or a colon other than a key's or an address's, must be quoted.
    private mutating func flowText() throws(PlanProblem) {
        while !atLineEnd && !isFlowMark(0) {
            if current == "#" && [" ", "\t"].contains(scalars[index - 1]) { return }
            if current == ":" {
                if isBlank(1) || isFlowMark(1) { return }
                if peek(1) != "/" { throw unexpected }
            }
            if current == "?" { throw unexpected }
            advance()
        }
    }
}
