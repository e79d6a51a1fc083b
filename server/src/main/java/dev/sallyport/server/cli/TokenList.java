package dev.sallyport.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.api.bootstrap.BootstrapToken;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.ValueType;
import dev.sallyport.controllers.bootstrap.BootstrapSecrets;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** {@code sallyport token list}. */
final class TokenList implements Command {
  private static final String NONE = "<none>";

  private enum Form {
    TEXT,
    JSON
  }

  private final String usage;
  private final Clock clock;
  private final ServerAccess access = new ServerAccess("Token");
  private final Flag<Form> output =
      access.section.flag(
          "output",
          'o',
          ValueType.choice(Form.class, form -> form.name().toLowerCase(Locale.ROOT)),
          "text",
          "text for a table; json for one object per token, of the form that kubeadm prints.");

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
    Form form = output.read(access.faults);
    List<BootstrapSecret> tokens = tokens();
    if (form == Form.JSON) {
      tokens.forEach(secret -> out.println(object(secret).toPrettyString()));
    } else if (!tokens.isEmpty()) {
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
          orNone(String.join(",", usages(secret))),
          orNone(secret.value(BootstrapSecret.DESCRIPTION)),
          orNone(secret.value(BootstrapSecret.EXTRA_GROUPS)));
    }
    columns.print(out);
  }

  private static ObjectNode object(BootstrapSecret secret) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "BootstrapToken").put("apiVersion", "output.kubeadm.k8s.io/v1alpha3");
    object.putNull("creationTimestamp").put("token", token(secret));
    if (!secret.value(BootstrapSecret.DESCRIPTION).isEmpty()) {
      object.put("description", secret.value(BootstrapSecret.DESCRIPTION));
    }
    if (!secret.value(BootstrapSecret.EXPIRATION).isEmpty()) {
      object.put("expires", secret.value(BootstrapSecret.EXPIRATION));
    }
    usages(secret).forEach(object.putArray("usages")::add);
    List<String> groups = secret.groups().orElse(List.of());
    groups.stream()
        .filter(group -> !group.equals(BootstrapSecret.GROUP))
        .forEach(object.putArray("groups")::add);
    return object;
  }

  private static String token(BootstrapSecret secret) {
    BootstrapToken token =
        BootstrapToken.parse(
            secret.value(BootstrapSecret.TOKEN_ID)
                + "."
                + secret.value(BootstrapSecret.TOKEN_SECRET));
    return token == null ? "" : token.text();
  }

  private static List<String> usages(BootstrapSecret secret) {
    int prefix = BootstrapSecret.USAGE_PREFIX.length();
    return new TreeMap<>(secret.data())
        .keySet().stream()
            .filter(key -> key.startsWith(BootstrapSecret.USAGE_PREFIX))
            .map(key -> key.substring(prefix))
            .filter(secret::allows)
            .toList();
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
