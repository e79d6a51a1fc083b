package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.explain.Explanation;
import dev.sallyport.authn.explain.Finding;
import dev.sallyport.server.response.LogText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Explanations as JSON. */
final class Explanations {

  private Explanations() {}

  static byte[] json(Explanation explanation) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    AuthenticationResult verdict = explanation.verdict();
    if (verdict instanceof Authenticated good) {
      boolean anonymous = good.user().name().equals(WellKnown.USER_ANONYMOUS);
      root.put("verdict", anonymous ? "anonymous" : "accepted");
      root.set("user", AnsweredReview.user(good.user()));
    } else if (verdict instanceof Rejected bad) {
      root.put("verdict", "refused");
      reasons(root, bad.refusals().stream().map(AuthenticationResult.Refusal::toString).toList());
    } else {
      root.put("verdict", "no credential");
    }
    ArrayNode findings = root.putArray("findings");
    explanation.findings().forEach(finding -> add(findings, finding));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void add(ArrayNode findings, Finding finding) {
    ObjectNode node = findings.addObject();
    node.put("authenticator", finding.authenticator());
    node.put("said", word(finding.said()));
    if (!finding.reasons().isEmpty()) {
      reasons(node, finding.reasons());
    }
  }

  private static void reasons(ObjectNode node, List<String> reasons) {
    AnsweredReview.texts(node, "reasons", reasons.stream().map(LogText::of).toList());
  }

  private static String word(Finding.Said said) {
    return switch (said) {
      case ACCEPTED -> "accepted";
      case REFUSED -> "refused";
      case ABSTAINED -> "abstained";
      case NOT_ASKED -> "not asked";
    };
  }
}
