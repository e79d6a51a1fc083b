package dev.sallyport.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;

/** What tests expect of an answer. */
public final class Results {
  private Results() {}

  /** The answer's value; it is awaited when it comes later. */
  public static AuthenticationResult of(Answer<AuthenticationResult> answer) {
    return answer.toStage().toCompletableFuture().join();
  }

  public static UserInfo user(Answer<AuthenticationResult> answer) {
    return assertInstanceOf(Authenticated.class, of(answer)).user();
  }

  public static String reason(Answer<AuthenticationResult> answer) {
    return assertInstanceOf(Rejected.class, of(answer)).reason();
  }

  public static void assertAbstained(Answer<AuthenticationResult> answer) {
    assertEquals(Abstained.INSTANCE, of(answer));
  }
}
