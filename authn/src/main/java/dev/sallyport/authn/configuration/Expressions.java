package dev.sallyport.authn.configuration;

import dev.sallyport.config.document.Fields;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.ValueType.ListOf;
import dev.sallyport.expressions.ValueType.MapOf;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.ValueType.Struct;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the expressions of one file; what cannot be compiled becomes a fault. The compilers are
 * made with the first expression, since that loads the whole library. For one thread.
 */
final class Expressions {

  /** One way to compile a text. */
  interface Form<T> {
    Expression<T> compile(ExpressionCompiler compiler, String text)
        throws InvalidExpressionException;
  }

  private @Nullable ExpressionCompiler claims;
  private @Nullable ExpressionCompiler user;
  private @Nullable ExpressionCompiler certificate;

  /** An expression over claims, or null where there is none or a fault. */
  <T> @Nullable Expression<T> ofClaims(Fields fields, String field, Form<T> form) {
    if (claims == null) {
      claims = new ExpressionCompiler(Map.of("claims", new MapOf(Simple.ANY)));
    }
    return compile(claims, fields, field, form);
  }

  /** An expression over the user, or null where there is none or a fault. */
  <T> @Nullable Expression<T> ofUser(Fields fields, String field, Form<T> form) {
    if (user == null) {
      user = new ExpressionCompiler(Map.of("user", userType()));
    }
    return compile(user, fields, field, form);
  }

  /** An expression over a client certificate, or null where there is none or a fault. */
  <T> @Nullable Expression<T> ofCertificate(Fields fields, String field, Form<T> form) {
    if (certificate == null) {
      certificate = new ExpressionCompiler(Map.of("certificate", certificateType()));
    }
    return compile(certificate, fields, field, form);
  }

  private static Struct certificateType() {
    ListOf texts = new ListOf(Simple.STRING);
    return new Struct(
        "sallyport.ClientCertificate",
        Map.of(
            "commonName", Simple.STRING,
            "organizations", texts,
            "organizationalUnits", texts,
            "dnsNames", texts,
            "emailAddresses", texts,
            "uris", texts,
            "serialNumber", Simple.STRING,
            "fingerprint", Simple.STRING));
  }

  private static Struct userType() {
    ListOf texts = new ListOf(Simple.STRING);
    return new Struct(
        "kubernetes.UserInfo",
        Map.of(
            "username",
            Simple.STRING,
            "uid",
            Simple.STRING,
            "groups",
            texts,
            "extra",
            new MapOf(texts)));
  }

  private static <T> @Nullable Expression<T> compile(
      ExpressionCompiler compiler, Fields fields, String field, Form<T> form) {
    try {
      return form.compile(compiler, fields.text(field));
    } catch (InvalidExpressionException e) {
      fields.fault(field, e.fault());
      return null;
    }
  }
}
