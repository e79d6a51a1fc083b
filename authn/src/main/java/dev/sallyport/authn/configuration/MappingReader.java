package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.oidc.Mapping;
import dev.sallyport.authn.token.oidc.Mappings;
import dev.sallyport.authn.token.oidc.UserMapping;
import dev.sallyport.config.document.Fields;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how an issuer's claims become a user. For one issuer. */
final class MappingReader {
  private static final String CLAIMS = "claims";
  private static final String CLAIM = "claim";
  private static final String PREFIX = "prefix";
  private static final String EXPRESSION = "expression";

  private final Expressions expressions;
  private boolean email;
  private boolean emailVerified;

  /**
   * @param emailVerified whether a rule looks at that claim already
   */
  MappingReader(Expressions expressions, boolean emailVerified) {
    this.expressions = expressions;
    this.emailVerified = emailVerified;
  }

  /** The mapping, or null when a part of it is at fault. */
  @Nullable UserMapping read(Fields jwt) {
    Fields mappings = jwt.object("claimMappings");
    Mapping<String> username = username(mappings.object("username"));
    Mapping<List<String>> groups = groups(mappings.object("groups"));
    Mapping<String> uid = uid(mappings.object("uid"));
    Map<String, Mapping<List<String>>> extra = extra(mappings);
    if (email && !emailVerified) {
      mappings
          .object("username")
          .fault(
              EXPRESSION,
              "uses claims.email (expected: claims.email_verified in it too, in an extra's"
                  + " valueExpression or in a claimValidationRules expression)");
    }
    return username == null || groups == null || uid == null
        ? null
        : new UserMapping(username, groups, uid, extra);
  }

  private @Nullable Mapping<String> username(Fields fields) {
    String claim = fields.text(CLAIM);
    String prefix = prefix(fields);
    if (claim.isEmpty() && fields.text(EXPRESSION).isEmpty()) {
      fields.fault(Told.missing("a claim or an expression"));
      return null;
    }
    if (!claim.isEmpty()) {
      return Mappings.username(claim, prefix);
    }
    Expression<String> compiled =
        expressions.ofClaims(fields, EXPRESSION, ExpressionCompiler::string);
    if (compiled == null) {
      return null;
    }
    email = compiled.reads(CLAIMS, "email");
    emailVerified |= compiled.reads(CLAIMS, "email_verified");
    return Mappings.expression(compiled);
  }

  private @Nullable Mapping<List<String>> groups(Fields fields) {
    String claim = fields.text(CLAIM);
    String prefix = prefix(fields);
    if (!claim.isEmpty()) {
      return Mappings.groups(claim, prefix);
    }
    if (fields.text(EXPRESSION).isEmpty()) {
      return Mappings.always(List.of());
    }
    return mapped(expressions.ofClaims(fields, EXPRESSION, ExpressionCompiler::strings));
  }

  private @Nullable Mapping<String> uid(Fields fields) {
    String claim = fields.text(CLAIM);
    if (!claim.isEmpty()) {
      either(fields);
      return Mappings.claim(claim);
    }
    if (fields.text(EXPRESSION).isEmpty()) {
      return Mappings.always("");
    }
    return mapped(expressions.ofClaims(fields, EXPRESSION, ExpressionCompiler::string));
  }

  private Map<String, Mapping<List<String>>> extra(Fields mappings) {
    Map<String, Mapping<List<String>>> extra = new LinkedHashMap<>();
    for (Fields fields : mappings.objects("extra")) {
      String key = fields.text("key");
      ExtraKey.expected(key).ifPresent(expected -> fields.fault("key", Told.wrong(key, expected)));
      if (extra.containsKey(key)) {
        fields.fault("key", Told.wrong(key, "each key once"));
      }
      if (fields.text("valueExpression").isEmpty()) {
        fields.fault("valueExpression", Told.missing("a CEL expression over claims"));
        continue;
      }
      Expression<List<String>> compiled =
          expressions.ofClaims(fields, "valueExpression", ExpressionCompiler::strings);
      if (compiled != null) {
        emailVerified |= compiled.reads(CLAIMS, "email_verified");
        extra.put(key, Mappings.expression(compiled));
      }
    }
    return extra;
  }

  /** A claim needs a prefix, be it the empty one: that none was meant must be said. */
  private static String prefix(Fields fields) {
    Optional<String> prefix = fields.optionalText(PREFIX);
    either(fields);
    if (!fields.text(CLAIM).isEmpty() && prefix.isEmpty()) {
      fields.fault(PREFIX, Told.missing("a text, \"\" for no prefix, since claim is set"));
    }
    if (!fields.text(EXPRESSION).isEmpty() && prefix.isPresent()) {
      fields.fault(PREFIX, "not with an expression (expected: only with a claim)");
    }
    return prefix.orElse("");
  }

  private static void either(Fields fields) {
    if (!fields.text(CLAIM).isEmpty() && !fields.text(EXPRESSION).isEmpty()) {
      fields.fault("expected either claim or expression, not both");
    }
  }

  private static <T> @Nullable Mapping<T> mapped(@Nullable Expression<T> expression) {
    return expression == null ? null : Mappings.expression(expression);
  }
}
