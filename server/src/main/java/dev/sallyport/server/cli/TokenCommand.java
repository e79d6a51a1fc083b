package dev.sallyport.server.cli;

import dev.sallyport.server.logging.Logs;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * {@code sallyport token}: makes, lists and deletes bootstrap tokens, as kubeadm does.
 *
 * @see <a href="https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-token/">kubeadm
 *     token</a>
 */
final class TokenCommand implements Command {
  private static final String USAGE =
      """
      Bootstrap tokens: short-lived tokens by which machines join. The server takes them when it
      runs with --enable-bootstrap-token-auth.

      Usage:
        sallyport token create [TOKEN] [flags]      make one and print it
        sallyport token list [-o json] [flags]      print all
        sallyport token delete TOKEN|ID… [flags]    delete some
        sallyport token generate                    print a token without making it
      """;

  private final Clock clock;

  TokenCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    Logs.silence();
    String action = args.isEmpty() ? "help" : args.get(0);
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    switch (action) {
      case "create" -> new TokenCreate(USAGE, clock).run(rest, out);
      case "list" -> new TokenList(USAGE, clock).run(rest, out);
      case "delete" -> new TokenDelete(USAGE).run(rest, out);
      case "generate" -> out.println(RandomToken.next(new SecureRandom()).text());
      case "help", "-h", "--help" -> out.print(USAGE);
      default -> throw new CommandFailure("token " + action + ": no such command\n" + USAGE);
    }
  }
}
