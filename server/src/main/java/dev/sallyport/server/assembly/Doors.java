package dev.sallyport.server.assembly;

import dev.sallyport.authn.factory.AuthenticationChain;
import dev.sallyport.authz.EscalationCheck;
import dev.sallyport.authz.factory.AuthorizerFactory.Authorization;

/**
 * Both doors.
 *
 * @param authentication who are you
 * @param authorization may you do this
 * @param escalation may you give this away
 */
record Doors(
    AuthenticationChain authentication, Authorization authorization, EscalationCheck escalation) {}
