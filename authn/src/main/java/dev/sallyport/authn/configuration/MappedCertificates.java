package dev.sallyport.authn.configuration;

import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.x509.CertificateMapping;
import dev.sallyport.authn.x509.ClientCertificate;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.cel.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users by expressions over their certificates.
 *
 * @param rules what a certificate must fulfil, with the reason for a refusal
 */
record MappedCertificates(
    Map<Expression<Boolean>, String> rules,
    Expression<String> username,
    Optional<Expression<List<String>>> groups,
    Optional<Expression<String>> uid,
    SystemNames names)
    implements CertificateMapping {

  @Override
  public AuthenticationResult of(ClientCertificate certificate) {
    Map<String, Object> variables = Map.of("certificate", fields(certificate));
    try {
      for (Map.Entry<Expression<Boolean>, String> rule : rules.entrySet()) {
        if (!value(rule.getKey(), variables)) {
          throw new TokenFault(
              rule.getValue().isEmpty() ? "a rule does not hold" : rule.getValue());
        }
      }
      UserInfo user = user(certificate, variables);
      names.check(user);
      return new AuthenticationResult.Authenticated(user, Audiences.ANY, certificate.credential());
    } catch (TokenFault fault) {
      return new AuthenticationResult.Rejected("client certificate: " + fault.reason());
    }
  }

  private UserInfo user(ClientCertificate certificate, Map<String, Object> variables)
      throws TokenFault {
    String name = value(username, variables);
    if (name.isEmpty()) {
      throw new TokenFault("the user name is empty");
    }
    return new UserInfo(
        name,
        uid.isPresent() ? value(uid.get(), variables) : "",
        groups.isPresent() ? value(groups.get(), variables) : List.of(),
        Map.of(WellKnown.EXTRA_CREDENTIAL_ID, List.of(certificate.credential().id())));
  }

  private static <T> T value(Expression<T> expression, Map<String, Object> variables)
      throws TokenFault {
    Evaluation<T> outcome = expression.evaluate(variables);
    if (outcome instanceof Evaluation.Value<T> found) {
      return found.value();
    }
    throw new TokenFault(
        expression.text() + " failed: " + ((Evaluation.Failed<T>) outcome).reason());
  }

  private static Map<String, Object> fields(ClientCertificate certificate) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("commonName", certificate.commonName());
    fields.put("organizations", certificate.organizations());
    fields.put("organizationalUnits", certificate.organizationalUnits());
    fields.put("dnsNames", certificate.dnsNames());
    fields.put("emailAddresses", certificate.emailAddresses());
    fields.put("uris", certificate.uris());
    fields.put("serialNumber", certificate.serialNumber());
    fields.put("fingerprint", certificate.fingerprint());
    return fields;
  }
}
