extension ReuseIndex {
    /// What became of a text that was added.
    public enum Added: Hashable, Sendable {
        case new
        /// The same text is there under this id.
        case unchanged
        /// Another text was there under this id, and is now removed.
        case replaced
    }

    /// Adds a text of UTF-8 under an id, or replaces the one that is there. The next search finds it; it survives a
    /// crash from the next ``flush()`` or ``seal(threads:proceed:)`` on.
    ///
    /// Without `replacing`, a different text under the same id stays beside the new one.
    @discardableResult
    public func add(
        id: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer, replacing: Bool = true
    ) throws(IndexFault) -> Added {
        let before = try find(id)
        for document in before where try contents.record(of: document).text.elementsEqual(text) {
            return .unchanged
        }
        if replacing { for document in before { try remove(document) } }
        let offset = try append(.document, id: id, text: text)
        let hash = IdTable.hash(id)
        contents.append(DocumentFacts(textOffset: offset, symbols: 0, idHash: hash))
        ids?.append(hash)
        return replacing && !before.isEmpty ? .replaced : .new
    }

    /// Adds a text under an id.
    @discardableResult
    public func add(id: String, text: String) throws(IndexFault) -> Added {
        try Array(text.utf8).withUnsafeBufferPointer { text throws(IndexFault) in
            try Array(id.utf8).withUnsafeBufferPointer { id throws(IndexFault) in
                try add(id: UnsafeRawBufferPointer(id), text: UnsafeRawBufferPointer(text))
            }
        }
    }

    /// Removes a document: no search finds it any more, and merges leave its postings out. Its text stays in the
    /// log until the index is made anew.
    public func remove(_ document: Int) throws(IndexFault) {
        guard document < count, !contents.isRemoved(document) else { return }
        _ = try withUnsafeBytes(of: UInt64(document).littleEndian) { number throws(IndexFault) in
            try append(.removal, id: UnsafeRawBufferPointer(start: nil, count: 0), text: number)
        }
        contents.remove(document)
    }

    /// Registers a text that everyone may share, such as a form's headings: what stands in it never counts.
    public func addTemplate(_ text: UnsafeRawBufferPointer) throws(IndexFault) {
        for offset in manifest.templates {
            if let known = TextLog.record(in: contents.logBytes, at: offset), known.text.elementsEqual(text) {
                return
            }
        }
        let offset = try append(.template, id: UnsafeRawBufferPointer(start: nil, count: 0), text: text)
        try showLog()
        try contents.addTemplate(at: offset)
        manifest.templates.append(offset)
    }

    /// Makes what was added survive a crash.
    public func flush() throws(IndexFault) { try writer?.sync() }

    /// The document that has this id now.
    public func document(id: String) throws(IndexFault) -> Int? {
        try Array(id.utf8).withUnsafeBufferPointer { id throws(IndexFault) in
            try find(UnsafeRawBufferPointer(id)).first
        }
    }

    /// The document that has this id and this text now.
    public func document(
        id: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer
    ) throws(IndexFault) -> Int? {
        for document in try find(id) where try contents.record(of: document).text.elementsEqual(text) {
            return document
        }
        return nil
    }

    private func append(
        _ kind: TextLog.Kind, id: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer
    ) throws(IndexFault) -> Int {
        for (bytes, most) in [(id, TextLog.mostIdBytes), (text, TextLog.mostTextBytes)]
        where bytes.count > most {
            throw .tooLarge(
                id: String(decoding: id.prefix(200), as: UTF8.self), bytes: bytes.count, most: most)
        }
        guard let offset = try writer?.append(kind, id: id, text: text) else { throw .readOnly(path: path) }
        return offset
    }

    /// Documents that have this id now, the newest first.
    private func find(_ id: UnsafeRawBufferPointer) throws(IndexFault) -> [Int] {
        if ids == nil { ids = try idTable() }
        var found: [Int] = []
        for document in ids?.documents(IdTable.hash(id)) ?? [] where !contents.isRemoved(document) {
            try showLog()
            if try contents.record(of: document).id.elementsEqual(id) { found.append(document) }
        }
        return found
    }

    /// Makes everything that was appended readable.
    func showLog() throws(IndexFault) {
        guard writer != nil else { return }
        try writer?.flush()
        try contents.mapLog(upTo: writer?.end ?? 0)
    }
}
