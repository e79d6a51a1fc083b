package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.ARRAY;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.STRING;

import dev.sallyport.config.Faults;
import dev.sallyport.config.OidcConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One OpenID Connect issuer by flags; a part of the authentication flags. */
final class OidcOptions {
  private final Flag<String> issuerUrl;
  private final Flag<String> clientId;
  private final Flag<Optional<Path>> caFile;
  private final Flag<String> usernameClaim;
  private final Flag<String> usernamePrefix;
  private final Flag<String> groupsClaim;
  private final Flag<String> groupsPrefix;
  private final Flag<List<String>> signingAlgorithms;
  private final Flag<List<String>> requiredClaims;

  /** kube-rbac-proxy's name, with its defaults. */
  private final Flag<String> plainIssuer;

  OidcOptions(FlagSection section) {
    plainIssuer =
        section.flag(
            "oidc-issuer",
            STRING,
            "",
            "As --oidc-issuer-url, with kube-rbac-proxy's defaults: users by the claim email,"
                + " groups by the claim groups, no prefix before users. No"
                + " cluster is asked about tokens beside it.");
    issuerUrl =
        section.flag(
            "oidc-issuer-url",
            STRING,
            "",
            "The https URL of an OpenID Connect issuer whose tokens are a way in; exactly what"
                + " stands in their iss claim.");
    clientId =
        section.flag(
            "oidc-client-id", STRING, "", "The client id that tokens must be issued for (aud).");
    caFile =
        section.flag(
            "oidc-ca-file",
            FILE,
            "",
            "PEM bundle that the issuer's server certificate must chain to. Default: the machine's"
                + " authorities. Read again when it changes.");
    usernameClaim =
        section.flag(
            "oidc-username-claim",
            STRING,
            "sub",
            "The claim that names the user. With email, email_verified must not be false.");
    usernamePrefix =
        section.flag(
            "oidc-username-prefix",
            STRING,
            "",
            "Put before user names. Default: the issuer's URL and #, but nothing for the claim"
                + " email; - for no prefix.");
    groupsClaim =
        section.flag(
            "oidc-groups-claim",
            STRING,
            "",
            "The claim that lists groups, a text or a list of texts. Default: no groups.");
    groupsPrefix = section.flag("oidc-groups-prefix", STRING, "", "Put before groups.");
    signingAlgorithms =
        section.flag(
            "oidc-signing-algs",
            LIST,
            "RS256",
            "The algorithms that tokens may be signed by: RS, ES or PS with 256, 384 or 512.");
    requiredClaims =
        section.flag(
            "oidc-required-claim",
            ARRAY,
            "",
            "name=value: the claim must be in the token with just this text. May be repeated.");
    section.alias("oidc-clientID", clientId);
    section.alias("oidc-sign-alg", signingAlgorithms);
  }

  /** The flag that was given first among these, for messages. */
  Optional<String> given() {
    return flags().filter(Flag::isSet).map(Flag::label).findFirst();
  }

  /** Whether the issuer is named as kube-rbac-proxy names it. */
  boolean plain() {
    return plainIssuer.isSet() && !plainIssuer.text().isEmpty();
  }

  Optional<OidcConfig> toConfig(Faults faults) {
    boolean plain = plainIssuer.isSet();
    String issuer = (plain ? plainIssuer : issuerUrl).read(faults);
    faults.check(
        !(plain && issuerUrl.isSet()),
        plainIssuer.label(),
        plainIssuer.text(),
        "no --oidc-issuer-url beside it");
    String client = clientId.read(faults);
    if (given().isEmpty()) {
      return Optional.empty();
    }
    missing(issuerUrl, issuer, faults);
    missing(clientId, client, faults);
    // What is missing is told by now; the rest is looked at all the same.
    return faults.attempt(
        () ->
            new OidcConfig(
                issuer.isEmpty() ? "https://missing" : issuer,
                client.isEmpty() ? "missing" : client,
                caFile.read(faults),
                plain && !usernameClaim.isSet() ? "email" : usernameClaim.read(faults),
                usernamePrefix(issuer, faults),
                plain && !groupsClaim.isSet() ? "groups" : groupsClaim.read(faults),
                groupsPrefix.read(faults),
                signingAlgorithms.read(faults),
                requiredClaims(faults)));
  }

  void checkFiles(GivenFiles files) {
    files.bundle(caFile);
  }

  private static void missing(Flag<String> flag, String value, Faults faults) {
    faults.check(
        !value.isEmpty(),
        flag.label(),
        value,
        "both --oidc-issuer-url and --oidc-client-id, if any --oidc-* flag is given");
  }

  private String usernamePrefix(String issuer, Faults faults) {
    String prefix = usernamePrefix.read(faults);
    if (!prefix.isEmpty()) {
      return prefix.equals("-") ? "" : prefix;
    }
    if (plainIssuer.isSet()) {
      return ""; // there is one issuer, and bindings name its users as they are
    }
    // Mail addresses are unique; any other claim of two issuers may name two people alike.
    return usernameClaim.read(faults).equals("email") ? "" : issuer + "#";
  }

  private Map<String, String> requiredClaims(Faults faults) {
    Map<String, String> required = new LinkedHashMap<>();
    for (String pair : requiredClaims.read(faults)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        faults.add(requiredClaims.label(), pair, "name=value");
      } else {
        required.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return required;
  }

  private Stream<Flag<?>> flags() {
    return Stream.of(
        issuerUrl,
        plainIssuer,
        clientId,
        caFile,
        usernameClaim,
        usernamePrefix,
        groupsClaim,
        groupsPrefix,
        signingAlgorithms,
        requiredClaims);
  }
}
