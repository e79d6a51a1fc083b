package dev.sallyport.server.cli;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.STRING;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.api.bootstrap.BootstrapToken;
import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code sallyport token create}. */
final class TokenCreate implements Command {
  private static final Set<String> USAGES =
      Set.of(BootstrapSecret.USAGE_AUTHENTICATION, BootstrapSecret.USAGE_SIGNING);

  private final String usage;
  private final Clock clock;
  private final ServerAccess access = new ServerAccess("Token");
  private final Flag<String> description =
      access.section.flag("description", STRING, "", "What the token is for.");
  private final Flag<List<String>> groups =
      access.section.flag(
          "groups",
          LIST,
          "system:bootstrappers:kubeadm:default-node-token",
          "The groups of whoever brings the token, beside system:bootstrappers; each begins with"
              + " system:bootstrappers:.");
  private final Flag<Duration> ttl =
      access.section.flag(
          "ttl", DURATION, "24h0m0s", "How long the token is good; 0 means for ever.");
  private final Flag<List<String>> usages =
      access.section.flag(
          "usages", LIST, "signing,authentication", "What the token is good for: these or one.");

  TokenCreate(String usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public void run(List<String> args, PrintStream out) {
    Optional<List<String>> words = access.read(usage, args, out);
    if (words.isEmpty()) {
      return;
    }
    BootstrapToken token = token(words.get());
    ObjectNode secret = secret(token);
    try (ApiClient client = access.open()) {
      ApiClient.Reply reply = client.post(TokenSecrets.PATH, secret);
      if (reply.status() == 409) {
        throw new CommandFailure("a token with id \"" + token.id() + "\" already exists");
      }
      if (!reply.successful()) {
        throw new CommandFailure(reply.message());
      }
    }
    out.println(token.text());
  }

  private BootstrapToken token(List<String> words) {
    BootstrapToken given = words.isEmpty() ? null : BootstrapToken.parse(words.get(0));
    if (words.isEmpty()) {
      return RandomToken.next(new SecureRandom());
    }
    if (given == null || words.size() > 1) {
      // Not told what was given: it may be nearly a token.
      throw new CommandFailure(
          "token create: expected at most one token of the form [a-z0-9]{6}.[a-z0-9]{16}");
    }
    return given;
  }

  private ObjectNode secret(BootstrapToken token) {
    Faults faults = access.faults;
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.put("kind", "Secret").put("apiVersion", "v1").put("type", BootstrapSecret.TYPE);
    secret
        .putObject("metadata")
        .put("name", BootstrapSecret.nameOf(token.id()))
        .put("namespace", BootstrapSecret.NAMESPACE);
    ObjectNode data = secret.putObject("stringData");
    data.put(BootstrapSecret.TOKEN_ID, token.id());
    data.put(BootstrapSecret.TOKEN_SECRET, token.secret());
    if (!description.read(faults).isEmpty()) {
      data.put(BootstrapSecret.DESCRIPTION, description.read(faults));
    }
    expiration(data, faults);
    for (String what : usages.read(faults)) {
      faults.check(USAGES.contains(what), "--usages", what, "signing or authentication");
      data.put(BootstrapSecret.USAGE_PREFIX + what, "true");
    }
    List<String> extra = groups.read(faults);
    for (String group : extra) {
      faults.check(
          BootstrapSecret.isExtraGroup(group),
          "--groups",
          group,
          "system:bootstrappers: and small letters, digits, - and :");
    }
    if (!extra.isEmpty()) {
      data.put(BootstrapSecret.EXTRA_GROUPS, String.join(",", extra));
    }
    return secret;
  }

  private void expiration(ObjectNode data, Faults faults) {
    Duration left = ttl.read(faults);
    faults.check(!left.isNegative(), "--ttl", ttl.text(), "0 or more");
    if (!left.isZero()) {
      data.put(
          BootstrapSecret.EXPIRATION,
          clock.instant().plus(left).truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
