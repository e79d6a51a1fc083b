package dev.sallyport.server.cli;

import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.api.bootstrap.BootstrapToken;
import dev.sallyport.controllers.bootstrap.BootstrapSecrets;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code sallyport token list}. */
final class TokenList implements Command {
  private static final String NONE = "<none>";

  private final String usage;
  private final Clock clock;
  private final ServerAccess access = new ServerAccess("Token");

  TokenList(String usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    Optional<List<String>> words = access.read(usage, args, out);
    if (words.isEmpty()) {
      return;
    }
    if (!words.get().isEmpty()) {
      throw new CommandFailure("token list: expected only flags");
    }
    List<BootstrapSecret> tokens = tokens();
    if (!tokens.isEmpty()) {
      print(tokens, out);
    }
  }

  private List<BootstrapSecret> tokens() {
    try (ApiClient client = access.open()) {
      ApiClient.Reply reply =
          client.get(TokenSecrets.PATH + "?fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken");
      if (!reply.successful()) {
        throw new CommandFailure(reply.message());
      }
      List<BootstrapSecret> tokens = new ArrayList<>();
      reply.body().path("items").forEach(secret -> tokens.add(BootstrapSecrets.read(secret)));
      tokens.removeIf(secret -> !secret.hasItsOwnId() || token(secret).isEmpty());
      return tokens;
    }
  }

  private void print(List<BootstrapSecret> tokens, PrintStream out) {
    Columns columns =
        new Columns().row("TOKEN", "TTL", "EXPIRES", "USAGES", "DESCRIPTION", "EXTRA GROUPS");
    for (BootstrapSecret secret : tokens) {
      String expires = secret.value(BootstrapSecret.EXPIRATION);
      columns.row(
          token(secret),
          ttl(secret),
          expires.isEmpty() ? "<never>" : expires,
          usages(secret),
          orNone(secret.value(BootstrapSecret.DESCRIPTION)),
          orNone(secret.value(BootstrapSecret.EXTRA_GROUPS)));
    }
    columns.print(out);
  }

  private static String token(BootstrapSecret secret) {
    BootstrapToken token =
        BootstrapToken.parse(
            secret.value(BootstrapSecret.TOKEN_ID)
                + "."
                + secret.value(BootstrapSecret.TOKEN_SECRET));
    return token == null ? "" : token.text();
  }

  private static String usages(BootstrapSecret secret) {
    int prefix = BootstrapSecret.USAGE_PREFIX.length();
    return orNone(
        new TreeMap<>(secret.data())
            .keySet().stream()
                .filter(key -> key.startsWith(BootstrapSecret.USAGE_PREFIX))
                .map(key -> key.substring(prefix))
                .filter(secret::allows)
                .collect(Collectors.joining(",")));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  /** In the largest unit of which there is one whole. */
  private String ttl(BootstrapSecret secret) {
    if (secret.expiration().isEmpty()) {
      return "<forever>";
    }
    if (secret.expired(clock.instant())) {
      return "<invalid>";
    }
    Duration left = Duration.between(clock.instant(), secret.expiration().get());
    if (left.toMinutes() < 1) {
      return left.toSeconds() + "s";
    }
    if (left.toHours() < 1) {
      return left.toMinutes() + "m";
    }
    long days = left.toDays();
    if (days < 1) {
      return left.toHours() + "h";
    }
    return days < 365 ? days + "d" : days / 365 + "y";
  }
}
