package dev.sallyport.authz.factory;

import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.RolesContact;
import dev.sallyport.authz.SightSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who judges the requests of some routes.
 *
 * @param authorizer says yes or no
 * @param unavailable why it can say neither now, in one line for clients; null: it can
 * @param sights what lists across namespaces may show those who may not see all; nothing once it
 *     has ended
 * @param contact how well it knows the roles of another cluster; null: it goes by no such
 * @param end stops what it does in the background
 */
public record RouteJudge(
    Authorizer authorizer,
    Supplier<@Nullable String> unavailable,
    SightSource sights,
    @Nullable Supplier<RolesContact> contact,
    Runnable end) {

  /** One that is always there and has nothing to stop. */
  public static RouteJudge always(Authorizer authorizer, SightSource sights) {
    return new RouteJudge(authorizer, () -> null, sights, null, () -> {});
  }
}
