import ArgumentParser

/// 揭榜: research funding from call to first payment.
@main
struct Jiebang: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jiebang", abstract: "揭榜 — research funding from call to first payment",
        subcommands: [ServeCommand.self])
}
