package dev.sallyport.authn.token.serviceaccount;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the claims of a token whose signature is good; a claim of the wrong type spoils it. */
final class ClaimsReader {
  private static final double LATEST = 253_402_300_799d; // the last second of the year 9999

  private ClaimsReader() {}

  static TokenClaims read(JsonNode payload) throws TokenFault {
    JsonNode ours = payload.path("kubernetes.io");
    BoundObject account = reference(ours, "serviceaccount");
    return new TokenClaims(
        audiences(payload.path("aud")),
        time(payload, "exp"),
        time(payload, "nbf"),
        time(payload, "iat"),
        text(payload, "jti"),
        text(payload, "sub"),
        time(ours, "warnafter"),
        text(ours, "namespace"),
        account == null ? new BoundObject("", "") : account,
        reference(ours, "secret"),
        reference(ours, "pod"),
        reference(ours, "node"));
  }

  /** The claims of a token that a secret holds; they stand flat beside the common ones. */
  static LegacyClaims readLegacy(JsonNode payload) throws TokenFault {
    return new LegacyClaims(
        audiences(payload.path("aud")),
        text(payload, "sub"),
        text(payload, LegacyClaims.NAMESPACE),
        text(payload, LegacyClaims.SECRET),
        new BoundObject(
            text(payload, LegacyClaims.ACCOUNT), text(payload, LegacyClaims.ACCOUNT_UID)));
  }

  private static List<String> audiences(JsonNode claim) throws TokenFault {
    if (absent(claim)) {
      return List.of();
    }
    if (claim.isTextual()) {
      return List.of(claim.textValue());
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : claim) {
      names.add(name.isTextual() ? name.textValue() : wrong("aud"));
    }
    return claim.isArray() ? names : List.of(wrong("aud"));
  }

  private static @Nullable Long time(JsonNode payload, String member) throws TokenFault {
    JsonNode claim = payload.path(member);
    if (absent(claim)) {
      return null;
    }
    double seconds = claim.doubleValue();
    if (!claim.isNumber() || !(Math.abs(seconds) <= LATEST)) {
      throw fault(member);
    }
    return (long) (seconds * 1000);
  }

  private static @Nullable BoundObject reference(JsonNode ours, String member) throws TokenFault {
    JsonNode claim = ours.path(member);
    if (absent(claim)) {
      return null;
    }
    if (!claim.isObject()) {
      throw fault(member);
    }
    return new BoundObject(text(claim, "name"), text(claim, "uid"));
  }

  private static String text(JsonNode node, String member) throws TokenFault {
    JsonNode claim = node.path(member);
    if (absent(claim)) {
      return "";
    }
    return claim.isTextual() ? claim.textValue() : wrong(member);
  }

  private static boolean absent(JsonNode claim) {
    return claim.isMissingNode() || claim.isNull();
  }

  private static String wrong(String member) throws TokenFault {
    throw fault(member);
  }

  private static TokenFault fault(String member) {
    return new TokenFault("service account token has a " + member + " claim of the wrong type");
  }
}
