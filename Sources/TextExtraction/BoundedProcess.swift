internal import Glibc

/// Runs a program and takes what it writes, as long as neither time nor output runs out.
struct BoundedProcess {
    struct Result {
        var status: Int32
        var output: [UInt8]
        /// The beginning of what it wrote to standard error.
        var complaint: String
    }

    enum Stopped: Error, Hashable {
        case notStarted
        case time
        case output
        case signal(Int32)
    }

    private let arguments: [String]
    private let seconds: Int
    private let outputBytes: Int
    private static let complaintBytes = 4096

    init(_ arguments: [String], seconds: Int, outputBytes: Int) {
        self.arguments = arguments
        self.seconds = seconds
        self.outputBytes = outputBytes
    }

    func run() throws(Stopped) -> Result {
        guard let output = Pipe(), let complaint = Pipe() else { throw .notStarted }
        guard let process = spawn(output: output, complaint: complaint) else { throw .notStarted }
        output.closeWriting()
        complaint.closeWriting()
        var gathered: [UInt8] = []
        var said: [UInt8] = []
        let stopped = gather(output, complaint, &gathered, &said)
        if stopped != nil { kill(-process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        if let stopped { throw stopped }
        let signal = status & 0x7F
        guard signal == 0 else { throw .signal(signal) }
        return Result(
            status: (status >> 8) & 0xFF, output: gathered, complaint: String(decoding: said, as: UTF8.self))
    }

    /// Starts the program in a process group of its own, so that all it starts dies with it.
    private func spawn(output: Pipe, complaint: Pipe) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, complaint.writing, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        guard posix_spawn(&process, arguments[0], &actions, &attributes, words, environ) == 0 else {
            return nil
        }
        return process
    }

    /// Reads both pipes until both end; why it had to stop, if it had to.
    private func gather(
        _ output: Pipe, _ complaint: Pipe, _ gathered: inout [UInt8], _ said: inout [UInt8]
    ) -> Stopped? {
        let deadline = Self.now() + seconds * 1000
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var pipes = [
            pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: complaint.reading, events: Int16(POLLIN), revents: 0),
        ]
        while pipes.contains(where: { $0.fd >= 0 }) {
            let left = deadline - Self.now()
            guard left > 0 else { return .time }
            let ready = poll(&pipes, nfds_t(pipes.count), Int32(left))
            if ready < 0, errno != EINTR { return .notStarted }
            guard ready > 0 else { continue }
            for number in pipes.indices where pipes[number].fd >= 0 && pipes[number].revents != 0 {
                let count = read(pipes[number].fd, &buffer, buffer.count)
                if count <= 0 {
                    pipes[number].fd = -1
                } else if number == 0 {
                    gathered += buffer[..<count]
                    if gathered.count > outputBytes { return .output }
                } else if said.count < Self.complaintBytes {
                    said += buffer[..<count]
                }
            }
        }
        return nil
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
    }
}

/// A pipe that closes itself.
private final class Pipe {
    let reading: Int32
    private(set) var writing: Int32

    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        // The child gets copies under other numbers; these are not for it.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    deinit {
        closeWriting()
        close(reading)
    }
}
