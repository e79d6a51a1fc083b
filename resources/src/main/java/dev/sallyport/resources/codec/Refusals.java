package dev.sallyport.resources.codec;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.GroupVersionKind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The 400s of bodies that cannot be taken, in the recorded words. */
final class Refusals {

  private static final int SUMMARY = 30;

  private Refusals() {}

  /** The body does not even say what it is. */
  static StatusException unrecognized(GroupVersionKind expected, String why, byte[] body) {
    return refusal(
        "the object provided is unrecognized (must be of type "
            + expected.kind()
            + "): "
            + why
            + " ("
            + summary(body)
            + ")");
  }

  /** The body says what it is, but is not, or not what the endpoint takes. */
  static StatusException unfit(GroupVersionKind named, GroupVersionKind expected, String why) {
    return refusal(
        named.kind()
            + " in version \""
            + named.version()
            + "\" cannot be handled as a "
            + expected.kind()
            + ": "
            + why);
  }

  static String notRegistered(GroupVersionKind named) {
    return "no kind \""
        + named.kind()
        + "\" is registered for version \""
        + named.apiVersion()
        + "\" in scheme \"pkg/runtime/scheme.go:111\"";
  }

  static String unknownConversion(GroupVersionKind named, GroupVersionKind expected) {
    return "converting ("
        + named.version()
        + "."
        + named.kind()
        + ") to ("
        + internalPackage(expected.group())
        + "."
        + expected.kind()
        + "): unknown conversion";
  }

  static StatusException otherVersion(GroupVersionKind named, GroupVersionKind expected) {
    return refusal(
        "the API version in the data ("
            + named.apiVersion()
            + ") does not match the expected API version ("
            + expected.apiVersion()
            + ")");
  }

  static String strict(List<String> problems) {
    return "strict decoding error: " + String.join(", ", problems);
  }

  private static StatusException refusal(String message) {
    return new StatusException(Status.badRequest(message));
  }

  private static String internalPackage(String group) {
    int dot = group.indexOf('.');
    return group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
  }

  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    int length = Math.min(body.length, SUMMARY);
    String more = body.length > SUMMARY ? " ..." : "";
    return body[0] == '{'
        ? new String(body, 0, length, StandardCharsets.UTF_8) + more
        : HexFormat.of().formatHex(body, 0, length) + more;
  }
}
