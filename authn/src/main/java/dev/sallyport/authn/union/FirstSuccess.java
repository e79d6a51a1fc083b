package dev.sallyport.authn.union;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Refusal;
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
record FirstSuccess<W>(List<Way<W>> ways) {

  FirstSuccess {
    ways = List.copyOf(ways);
  }

  Answer<AuthenticationResult> ask(Function<W, Answer<AuthenticationResult>> question) {
    return ask(question, 0, List.of());
  }

  private Answer<AuthenticationResult> ask(
      Function<W, Answer<AuthenticationResult>> question, int first, List<Refusal> refusals) {
    List<Refusal> known = refusals;
    for (int i = first; i < ways.size(); i++) {
      Way<W> way = ways.get(i);
      Answer<AuthenticationResult> answer = question.apply(way.authenticator());
      if (!(answer instanceof Answer.Now<AuthenticationResult> now)) {
        int next = i + 1;
        List<Refusal> soFar = known;
        return answer.then(
            result ->
                result instanceof Authenticated
                    ? Answer.now(result)
                    : ask(question, next, with(soFar, way, result)));
      }
      if (now.value() instanceof Authenticated) {
        return answer;
      }
      known = with(known, way, now.value());
    }
    return Answer.now(known.isEmpty() ? Abstained.INSTANCE : new Rejected(known));
  }

  private List<Refusal> with(List<Refusal> refusals, Way<W> way, AuthenticationResult result) {
    if (!(result instanceof Rejected rejected)) {
      return refusals;
    }
    List<Refusal> more = new ArrayList<>(refusals);
    more.addAll(rejected.by(way.name()).refusals());
    return more;
  }
}
