package dev.sallyport.authn.token.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.cel.Expression;
import java.util.ArrayList;
import java.util.List;

/** The ways in which claims make parts of a user. */
public final class Mappings {
  private static final String EMAIL = "email";

  private Mappings() {}

  /** A claim's text behind a prefix. A mail address counts unless email_verified denies it. */
  public static Mapping<String> username(String claim, String prefix) {
    return claims -> {
      String name = claims.text(claim);
      if (name.isEmpty()) {
        throw new TokenFault("the claim " + claim + " is empty");
      }
      if (claim.equals(EMAIL)) {
        checkVerified(claims.value("email_verified"));
      }
      return prefix + name;
    };
  }

  /** A claim's texts, each behind a prefix. */
  public static Mapping<List<String>> groups(String claim, String prefix) {
    return claims -> {
      List<String> groups = claims.texts(claim);
      if (groups.isEmpty() && distributed(claims, claim)) {
        throw new TokenFault("the claim " + claim + " is kept elsewhere (a distributed claim)");
      }
      if (prefix.isEmpty()) {
        return groups;
      }
      List<String> prefixed = new ArrayList<>(groups.size());
      for (String group : groups) {
        prefixed.add(prefix + group);
      }
      return prefixed;
    };
  }

  /** A claim's text. */
  public static Mapping<String> claim(String claim) {
    return claims -> claims.text(claim);
  }

  /** The same for every token. */
  public static <T> Mapping<T> always(T value) {
    return claims -> value;
  }

  /** What an expression yields. */
  public static <T> Mapping<T> expression(Expression<T> expression) {
    return claims -> {
      Evaluation<T> outcome = expression.evaluate(claims.variables());
      if (outcome instanceof Evaluation.Value<T> found) {
        return found.value();
      }
      throw new TokenFault(
          "the mapping "
              + expression.text()
              + " failed: "
              + ((Evaluation.Failed<T>) outcome).reason());
    };
  }

  /** Missing is good enough, for issuers that only know verified ones; anything but true is not. */
  private static void checkVerified(JsonNode verified) throws TokenFault {
    if (!verified.isMissingNode() && !(verified.isBoolean() && verified.booleanValue())) {
      throw new TokenFault("the email is not verified");
    }
  }

  /** Without its groups a user might pass a rule that was to keep a member of one out. */
  private static boolean distributed(Claims claims, String claim) {
    return !claims.has(claim) && claims.value("_claim_names").has(claim);
  }
}
