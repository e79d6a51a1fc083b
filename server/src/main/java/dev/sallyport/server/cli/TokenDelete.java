package dev.sallyport.server.cli;

import dev.sallyport.api.bootstrap.BootstrapToken;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code sallyport token delete}. */
final class TokenDelete implements Command {
  private final String usage;
  private final ServerAccess access = new ServerAccess("Token");

  TokenDelete(String usage) {
    this.usage = usage;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    Optional<List<String>> words = access.read(usage, args, out);
    if (words.isEmpty()) {
      return;
    }
    List<String> ids = words.get().stream().map(TokenDelete::id).toList();
    if (ids.isEmpty()) {
      throw new CommandFailure("token delete: expected at least one token or token id");
    }
    try (ApiClient client = access.open()) {
      for (String id : ids) {
        ApiClient.Reply reply = client.send("DELETE", TokenSecrets.path(id), new byte[0]);
        if (!reply.successful()) {
          throw new CommandFailure(
              "failed to delete bootstrap token \"" + id + "\": " + reply.message());
        }
        out.println("bootstrap token \"" + id + "\" deleted");
      }
    }
  }

  private static String id(String word) {
    if (BootstrapToken.isId(word)) {
      return word;
    }
    BootstrapToken token = BootstrapToken.parse(word);
    if (token == null) {
      throw new CommandFailure(
          "token delete: expected a token [a-z0-9]{6}.[a-z0-9]{16} or its id [a-z0-9]{6}");
    }
    return token.id();
  }
}
