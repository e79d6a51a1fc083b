package dev.sallyport.authn.token.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import java.util.List;

/** What a webhook's answer comes to. Whatever is unclear in it lets nobody in. */
final class ReviewedToken {

  private static final int LONGEST_REASON = 1024;

  private ReviewedToken() {}

  /**
   * @param status the answered review's status
   * @param wanted whom the token must be meant for
   * @param implied whom a token is meant for if the webhook does not say
   */
  static AuthenticationResult of(JsonNode status, Audiences wanted, Audiences implied) {
    List<String> said = TokenReviewWords.texts(status.path("audiences"));
    JsonNode good = status.path("authenticated");
    if (said == null || !(good.isBoolean() || good.isMissingNode() || good.isNull())) {
      return malformed();
    }
    Audiences common = wanted.intersect(said.isEmpty() ? implied.names() : said);
    if (common.names().isEmpty() && !wanted.names().isEmpty()) {
      return Abstained.INSTANCE; // good for somebody, but not here
    }
    if (!good.asBoolean()) {
      String error = status.path("error").asText();
      return error.isEmpty() ? Abstained.INSTANCE : new Rejected(oneLine(error));
    }
    UserInfo user = TokenReviewWords.user(status.path("user"));
    if (user == null) {
      return malformed();
    }
    if (user.name().isEmpty()) {
      return new Rejected("the webhook authenticated a user without a name");
    }
    return new Authenticated(user, common);
  }

  private static Rejected malformed() {
    return new Rejected("the webhook answered a malformed TokenReview");
  }

  private static String oneLine(String error) {
    String cut = error.length() > LONGEST_REASON ? error.substring(0, LONGEST_REASON) : error;
    return cut.replace('\n', ' ').replace('\r', ' ');
  }
}
