import Foundation
import Testing
import TransparencyLog

struct SignedNoteTests {
    struct File: Decodable {
        struct Sign: Decodable {
            let skey: String
            let vkey: String
            let text: String
            let want: String
        }
        struct Open: Decodable {
            let desc: String
            let vkeys: [String]
            let ok: Bool
            let verified: [String]?
            let unverified: [String]?
            let note: String?
            let note_b64: Data?
        }
        let sign: [Sign]
        let vkeys_bad: [String]
        let open: [Open]
    }

    @Test func `every reference note is opened or refused as its authors say`() throws {
        let file: File = try Vectors.load("signed_note")
        #expect(file.open.count == 16)
        for probe in file.open {
            let verifiers = try probe.vkeys.map { try NoteVerifier(vkey: $0) }
            let bytes = try #require(probe.note.map { Array($0.utf8) } ?? probe.note_b64.map { Array($0) })
            guard probe.ok else {
                #expect(throws: NoteRefused.self, "\(probe.desc)") {
                    try SignedNote(bytes: bytes).verified(by: verifiers)
                }
                continue
            }
            let note = try SignedNote(bytes: bytes)
            let opened = try note.verified(by: verifiers)
            #expect(opened.verified.map(\.name) == probe.verified, "\(probe.desc)")
            #expect(opened.unverified.map(\.name) == probe.unverified, "\(probe.desc)")
            #expect(Array(note.encoded.utf8) == bytes, "\(probe.desc)")
        }
    }

    @Test func `every bad reference key is refused and says why`() throws {
        let bad = try Vectors.load("signed_note", as: File.self).vkeys_bad
        #expect(bad.count == 3)
        for vkey in bad { #expect(throws: NoteKeyRefused.self) { try NoteVerifier(vkey: vkey) } }
        #expect(throws: NoteKeyRefused.unsupportedType(NoteSignatureType(rawValue: 0x65))) {
            try NoteVerifier(vkey: bad[1])
        }
        #expect(throws: NoteKeyRefused.idMismatch(stated: 0xc74f_20a4, computed: 0xc74f_20a3)) {
            try NoteVerifier(vkey: bad[2])
        }
    }

    @Test func `the reference key signs the reference signature`() throws {
        for probe in try Vectors.load("signed_note", as: File.self).sign {
            let signer = try NoteSigner(skey: probe.skey)
            #expect(signer.skey == probe.skey)
            #expect(signer.verifier.vkey == probe.vkey)
            #expect(try SignedNote(signing: probe.text, by: [signer]).encoded == probe.want)
        }
    }

    @Test func `a generated key signs, is stored as text and verifies`() throws {
        let signer = try NoteSigner.generate(name: "揭榜.example/log")
        let again = try NoteSigner(skey: signer.skey)
        let verifier = try NoteVerifier(vkey: signer.verifier.vkey)
        #expect(again.verifier == verifier)
        let note = try SignedNote(signing: "一\n\n二\n", by: [again])
        #expect(try SignedNote(note.encoded).verified(by: [verifier]).text == "一\n\n二\n")
        #expect(try NoteSigner.generate(name: "a").skey != NoteSigner.generate(name: "a").skey)
    }

    @Test func `printing a private key shows the public one`() throws {
        let signer = try NoteSigner.generate(name: "log")
        let secret = signer.skey.dropFirst("PRIVATE+KEY+log+01234567+".count)
        var dumped = ""
        dump(signer, to: &dumped)
        for shown in ["\(signer)", String(reflecting: signer), "\([signer])", dumped] {
            #expect(!shown.contains(secret))
            #expect(!shown.isEmpty)
        }
    }

    @Test(arguments: ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\u{85}b", "a\u{1}"])
    func `a key name with a space, plus or control character is refused`(name: String) {
        #expect(throws: NoteKeyRefused.name(name)) { try NoteSigner.generate(name: name) }
        #expect(throws: NoteKeyRefused.name(name)) {
            try NoteVerifier(name: name, ed25519: [UInt8](repeating: 1, count: 32))
        }
    }

    @Test func `a private key that was altered is refused`() throws {
        let signer = try NoteSigner.generate(name: "log")
        let other = try NoteSigner.generate(name: "log")
        let headed = "PRIVATE+KEY+log+01234567+".count
        let mixed = signer.skey.prefix(headed) + other.skey.dropFirst(headed)
        #expect(throws: NoteKeyRefused.self) { try NoteSigner(skey: String(mixed)) }
        #expect(throws: NoteKeyRefused.malformed) { try NoteSigner(skey: signer.verifier.vkey) }
        #expect(throws: NoteKeyRefused.malformed) { try NoteVerifier(vkey: String(signer.skey.dropLast())) }
        #expect(throws: NoteKeyRefused.keyLength(31)) {
            try NoteSigner(name: "log", ed25519Seed: [UInt8](repeating: 0, count: 31))
        }
    }

    @Test(arguments: ["", "no newline", "tab\there\n", "bell\u{7}\n", "return\r\n"])
    func `a text that is not lines is not signed`(text: String) throws {
        let signer = try NoteSigner.generate(name: "log")
        #expect(throws: NoteRefused.self) { try SignedNote(signing: text, by: [signer]) }
    }

    @Test func `a note needs a signer and takes no more than a hundred`() throws {
        let signer = try NoteSigner.generate(name: "log")
        #expect(throws: NoteRefused.noSignatures) { try SignedNote(signing: "a\n", by: []) }
        let full = try SignedNote(signing: "a\n", by: [NoteSigner](repeating: signer, count: 100))
        #expect(throws: NoteRefused.tooManySignatures(101)) { try full.adding(signer) }
        let long = String(repeating: "a", count: 1_000_000) + "\n"
        #expect(throws: NoteRefused.self) { try SignedNote(signing: long, by: [signer]) }
        #expect(throws: NoteRefused.tooLarge(byteCount: 1_000_001)) { try SignedNote(long) }
    }

    @Test func `a key of the same name is not the trusted key`() throws {
        let trusted = try NoteSigner.generate(name: "log")
        let impostor = try NoteSigner.generate(name: "log")
        let note = try SignedNote(signing: "a\n", by: [impostor])
        #expect(throws: NoteRefused.noTrustedSignature) { try note.verified(by: [trusted.verifier]) }
        let both = try note.adding(trusted).verified(by: [trusted.verifier])
        #expect(both.verified == [trusted.verifier])
        #expect(both.unverified.count == 1)
    }

    @Test func `names that only look alike are different names`() throws {
        // é in one scalar and in two: equal to Swift's String, different in bytes.
        let composed = try NoteSigner(name: "caf\u{e9}", ed25519Seed: [UInt8](repeating: 1, count: 32))
        let decomposed = try NoteSigner(name: "cafe\u{301}", ed25519Seed: [UInt8](repeating: 1, count: 32))
        #expect(composed.verifier.id != decomposed.verifier.id)
        let note = try SignedNote(signing: "a\n", by: [composed])
        #expect(throws: NoteRefused.noTrustedSignature) { try note.verified(by: [decomposed.verifier]) }
    }

    @Test func `every other text under the same signature is refused`() throws {
        let signer = try NoteSigner.generate(name: "log")
        let note = try SignedNote(signing: "size 5\n", by: [signer]).encoded
        let forged = note.replacing("size 5", with: "size 6")
        #expect(throws: NoteRefused.invalidSignature(name: "log", id: signer.verifier.id)) {
            try SignedNote(forged).verified(by: [signer.verifier])
        }
    }

    @Test func `the refusal names the signature line`() throws {
        let signer = try NoteSigner.generate(name: "log")
        let note = try SignedNote(signing: "a\n", by: [signer, signer])
        let broken = note.encoded + "— log !!!!\n"
        #expect(throws: NoteRefused.signatureLine(3)) { try SignedNote(broken) }
        #expect(throws: NoteRefused.lastLineUnfinished) { try SignedNote(String(note.encoded.dropLast())) }
    }
}
