package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads authorities of client certificates, each with mappings of its own. */
final class AuthorityReader {
  private static final String EXPRESSION = "expression";

  private final FileContent file;
  private final SystemNames names;
  private final Expressions expressions = new Expressions();

  AuthorityReader(FileContent file, SystemNames names) {
    this.file = file;
    this.names = names;
  }

  /** The good ones together; the faults of the others are noted. */
  TrustBundle read(Fields document) {
    TrustBundle all = TrustBundle.EMPTY;
    for (Fields fields : document.objects("x509")) {
      MappedCertificates mapping = mapping(fields);
      try {
        String pem = fields.text("certificateAuthority");
        FileContent content = new FileContent(file.file(), pem.getBytes(StandardCharsets.US_ASCII));
        if (mapping != null) {
          all = all.and(TrustBundle.parse(List.of(content), mapping));
        }
      } catch (InvalidFileException e) {
        fields.fault("certificateAuthority", e.fault());
      }
    }
    return all;
  }

  private @Nullable MappedCertificates mapping(Fields fields) {
    Map<Expression<Boolean>, String> rules = rules(fields);
    Fields mappings = fields.object("mappings");
    Fields username = mappings.object("username");
    if (username.text(EXPRESSION).isEmpty()) {
      username.fault(EXPRESSION, Told.missing("a CEL expression over certificate"));
      return null;
    }
    Expression<String> name =
        expressions.ofCertificate(username, EXPRESSION, ExpressionCompiler::string);
    Optional<Expression<List<String>>> groups =
        optional(mappings.object("groups"), ExpressionCompiler::strings);
    Optional<Expression<String>> uid = optional(mappings.object("uid"), ExpressionCompiler::string);
    return name == null ? null : new MappedCertificates(rules, name, groups, uid, names);
  }

  private Map<Expression<Boolean>, String> rules(Fields fields) {
    Map<Expression<Boolean>, String> rules = new LinkedHashMap<>();
    for (Fields rule : fields.objects("validationRules")) {
      String message = rule.text("message");
      Expression<Boolean> compiled =
          expressions.ofCertificate(rule, EXPRESSION, ExpressionCompiler::bool);
      if (compiled != null) {
        rules.put(compiled, message);
      }
    }
    return rules;
  }

  private <T> Optional<Expression<T>> optional(Fields fields, Expressions.Form<T> form) {
    return fields.text(EXPRESSION).isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(expressions.ofCertificate(fields, EXPRESSION, form));
  }
}
