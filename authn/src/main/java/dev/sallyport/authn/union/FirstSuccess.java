package dev.sallyport.authn.union;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Asks several ways in, one after the other. The first success decides; without one, any rejection
 * makes the whole a rejection.
 *
 * @param ways the ways in, in the order in which they are asked
 */
record FirstSuccess<W>(List<W> ways) {

  FirstSuccess {
    ways = List.copyOf(ways);
  }

  Answer<AuthenticationResult> ask(Function<W, Answer<AuthenticationResult>> question) {
    return ask(question, 0, List.of());
  }

  private Answer<AuthenticationResult> ask(
      Function<W, Answer<AuthenticationResult>> question, int first, List<String> rejections) {
    List<String> reasons = rejections;
    for (int i = first; i < ways.size(); i++) {
      Answer<AuthenticationResult> answer = question.apply(ways.get(i));
      if (!(answer instanceof Answer.Now<AuthenticationResult> now)) {
        int next = i + 1;
        List<String> soFar = reasons;
        return answer.then(
            result ->
                result instanceof Authenticated
                    ? Answer.now(result)
                    : ask(question, next, with(soFar, result)));
      }
      if (now.value() instanceof Authenticated) {
        return answer;
      }
      reasons = with(reasons, now.value());
    }
    return Answer.now(outcome(reasons));
  }

  private static List<String> with(List<String> reasons, AuthenticationResult result) {
    if (!(result instanceof Rejected rejected) || reasons.contains(rejected.reason())) {
      return reasons;
    }
    List<String> more = new ArrayList<>(reasons);
    more.add(rejected.reason());
    return more;
  }

  private static AuthenticationResult outcome(List<String> reasons) {
    return switch (reasons.size()) {
      case 0 -> Abstained.INSTANCE;
      case 1 -> new Rejected(reasons.get(0));
      default -> new Rejected("[" + String.join(", ", reasons) + "]");
    };
  }
}
