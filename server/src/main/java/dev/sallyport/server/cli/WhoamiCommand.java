package dev.sallyport.server.cli;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.server.endpoint.token.ExplanationEndpoint;
import dev.sallyport.server.logging.Logs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code sallyport whoami}: who a credential is to the server, and why it is that or nobody. */
final class WhoamiCommand implements Command {
  private static final String USAGE =
      """
      Tells who a kubeconfig's user is to the server. With --explain also what each way in says of
      the credential; with --of it is asked about another one than the kubeconfig's own.

      Usage:
        sallyport whoami [--explain] [--of FILE] [flags]
      """;
  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

  private final ServerAccess access = new ServerAccess("Whoami");
  private final Flag<Boolean> explain =
      access.section.flag(
          "explain",
          SWITCH,
          "false",
          "Tell what each way in says. Wants the right to get "
              + ExplanationEndpoint.PATH
              + ", with --of the right to post there.");
  private final Flag<Optional<Path>> other =
      access.section.flag(
          "of",
          FILE,
          "",
          "Explain the credential in this file: a kubeconfig, PEM certificates or a token. A"
              + " private key in it is not sent.");

  @Override
  public void run(List<String> args, PrintStream out) {
    Logs.silence();
    Optional<List<String>> words = access.read(USAGE, args, out);
    if (words.isEmpty()) {
      return;
    }
    if (!words.get().isEmpty()) {
      throw new CommandFailure("whoami: expected only flags");
    }
    Optional<Path> shown = other.read(access.faults);
    boolean explaining = explain.read(access.faults);
    try (ApiClient client = access.open()) {
      if (shown.isPresent()) {
        byte[] credential = ShownFile.credential(shown.get());
        explained(client.send("POST", ExplanationEndpoint.PATH, credential), out);
      } else if (explaining) {
        explained(client.get(ExplanationEndpoint.PATH), out);
      } else {
        user(review(client).path("status").path("userInfo"), out);
      }
    }
  }

  private static JsonNode review(ApiClient client) {
    ApiClient.Reply reply =
        client.post(
            REVIEWS,
            JsonNodeFactory.instance
                .objectNode()
                .put("kind", "SelfSubjectReview")
                .put("apiVersion", "authentication.k8s.io/v1"));
    return answered(reply);
  }

  private static JsonNode answered(ApiClient.Reply reply) {
    if (reply.status() == 401) {
      throw new CommandFailure(
          reply.message()
              + ": the server does not know this credential. Its log tells why; or ask as an"
              + " administrator: sallyport whoami --of FILE");
    }
    if (!reply.successful()) {
      throw new CommandFailure(reply.message());
    }
    return reply.body();
  }

  private static void user(JsonNode user, PrintStream out) {
    Columns columns = new Columns().row("ATTRIBUTE", "VALUE");
    columns.row("Username", user.path("username").asText());
    if (user.hasNonNull("uid")) {
      columns.row("UID", user.path("uid").asText());
    }
    if (user.hasNonNull("groups")) {
      columns.row("Groups", list(user.path("groups")));
    }
    user.path("extra")
        .fields()
        .forEachRemaining(extra -> columns.row("Extra: " + extra.getKey(), list(extra.getValue())));
    columns.print(out);
  }

  private static void explained(ApiClient.Reply reply, PrintStream out) {
    JsonNode explanation = answered(reply);
    out.println("Verdict: " + explanation.path("verdict").asText());
    explanation.path("reasons").forEach(reason -> out.println("  " + reason.asText()));
    if (explanation.has("user")) {
      user(explanation.path("user"), out);
    }
    out.println();
    Columns columns = new Columns().row("AUTHENTICATOR", "SAID", "WHY");
    explanation
        .path("findings")
        .forEach(
            finding ->
                columns.row(
                    finding.path("authenticator").asText(),
                    finding.path("said").asText(),
                    String.join("; ", texts(finding.path("reasons")))));
    columns.print(out);
  }

  private static String list(JsonNode values) {
    return "[" + String.join(" ", texts(values)) + "]";
  }

  private static List<String> texts(JsonNode values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
