// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.mooring.backend.Backend;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract finds what is wrong: backends with one fault each fail the tests that are there to catch it. */
class FaultyBackendTest {

    /** What is tested: memory with a fault in it. */
    static class FaultyBackendContract extends BackendContract {
        private static volatile Fault fault = (sound, store) -> sound;
        private final Fault.Store store = new Fault.Store();

        @Override
        protected Backend open(InstantSource clock) {
            return fault.in(store.open(clock), store);
        }
    }

    @ParameterizedTest
    @MethodSource
    void faultsAreCaught(Fault fault, List<String> tests) {
        FaultyBackendContract.fault = fault;
        for (String test : tests) {
            var events = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectMethod(FaultyBackendContract.class, test, TestStore.class))
                    .execute()
                    .testEvents();

            assertThat(events.started().count()).as("runs of %s", test).isOne();
            assertThat(events.failed().count()).as("%s fails", test).isOne();
        }
    }

    static Stream<Arguments> faultsAreCaught() {
        return Stream.of(
                caught(
                        "update ignores the revision",
                        RecordFaults::updateIgnoresTheRevision,
                        "aStaleUpdateChangesNothing",
                        "updateLosesAgainstSave",
                        "aRevisionDoesNotSurviveDeleteAndSave",
                        "ofRacingUpdatesOnOneRevisionOneWins",
                        "randomCallsBehaveAsOnAMap"),
                caught(
                        "update checks first and writes later",
                        RecordFaults::updateChecksFirstAndWritesLater,
                        "noUpdateIsLost",
                        "ofRacingUpdatesOnOneRevisionOneWins"),
                caught(
                        "update creates",
                        RecordFaults::updateCreates,
                        "updateOfADeletedConnectionDoesNotBringItBack",
                        "anUpdateThatRacesADeleteDoesNotBringTheConnectionBack"),
                caught(
                        "save refuses to replace",
                        RecordFaults::saveRefusesToReplace,
                        "saveReplacesWhatWasThere",
                        "theSameConnectTwiceIsHarmless"),
                caught(
                        "delete reads first and removes later",
                        RecordFaults::deleteReadsFirstAndRemovesLater,
                        "ofRacingDeletesOneGetsTheConnection"),
                caught(
                        "find reads from a cache",
                        RecordFaults::findReadsFromACache,
                        "anotherOpenBackendReadsWhatWasWritten"),
                caught("save writes in two steps", RecordFaults::saveWritesInTwoSteps, "noReaderSeesATornRecord"),
                caught(
                        "expiry is kept in seconds",
                        RecordFaults::expiryIsKeptInSeconds,
                        "whatIsSavedIsFound",
                        "aConnectionLivesUntilItsLastMillisecond"),
                caught("states are tidied", RecordFaults::statesAreTidied, "statesAreKeptToTheByte"),
                caught("long states are cut", RecordFaults::longStatesAreCut, "aStateMayHave256Kilobytes"),
                caught(
                        "many channels are cut",
                        RecordFaults::manyChannelsAreCut,
                        "manyChannelsChangeAtOnce",
                        "aConnectionMayHaveAThousandLongChannelNamesAndALargeState"),
                caught("ids are trimmed", RecordFaults::idsAreTrimmed, "hostileIdsAreKeptAndKeptApart"),
                caught(
                        "a full page loses its last id",
                        ListingFaults::aFullPageLosesItsLastId,
                        "aFullLastPageIsNoTrouble",
                        "aCrowdIsListedOnceEachInPagesOfAnySize"),
                caught(
                        "a page begins with the last id of the one before",
                        ListingFaults::aPageBeginsWithTheLastIdOfTheOneBefore,
                        "aFullLastPageIsNoTrouble"),
                caught("the limit is ignored", ListingFaults::theLimitIsIgnored, "pagesMayBeSmall"),
                caught("the pages never end", ListingFaults::thePagesNeverEnd, "saveSubscribes"),
                caught(
                        "a cursor counts ids",
                        ListingFaults::aCursorCountsIds,
                        "aCursorSurvivesTheDeletionOfWhatItPointsTo",
                        "membersNeverMissesWhoStaysWhileOthersComeAndGo"),
                caught(
                        "a cursor is kept in the process",
                        ListingFaults::aCursorIsKeptInTheProcess,
                        "aCursorIsValidInAnotherBackend"),
                caught(
                        "members reports the expired",
                        ListingFaults::membersReportsTheExpired,
                        "anExpiredConnectionIsInvisibleToEveryMethodAtOnce",
                        "whatIsSavedExpiredIsInvisibleAndReplacesWhatWasThere"),
                caught(
                        "connections reports the expired",
                        ListingFaults::connectionsReportsTheExpired,
                        "anExpiredConnectionIsInvisibleToEveryMethodAtOnce"),
                caught(
                        "members stops at a page of expired",
                        ListingFaults::membersStopsAtAPageOfExpired,
                        "expiredMembersDoNotHideLiveOnes"),
                caught(
                        "members takes the channel for a prefix",
                        ListingFaults::membersTakesTheChannelForAPrefix,
                        "aNameThatBeginsAnotherIsNotTheOther"),
                caught(
                        "the unsubscribed stay in the index",
                        ListingFaults::unsubscribedStayInTheIndex,
                        "updateSubscribesAndUnsubscribesAtOnceForOthersToo",
                        "saveUnsubscribesFromWhatItLeavesOut",
                        "membersNeverReportsWhoLeftWhileOthersComeAndGo",
                        "anExpiredConnectionCanBeSavedAgain"),
                caught(
                        "a lost update stays in the index",
                        ListingFaults::aLostUpdateStaysInTheIndex,
                        "aLostUpdateLeavesTheChannelsAsTheyWere",
                        "channelsAgreeWithTheRecordAfterRacingUpdates"),
                caught(
                        "save takes the id out of the index for a moment",
                        ListingFaults::saveTakesTheIdOutOfTheIndexForAMoment,
                        "membersNeverMissesWhoIsWrittenAgainMeanwhile"),
                caught(
                        "find returns the expired",
                        LifeFaults::findReturnsTheExpired,
                        "anExpiredConnectionIsInvisibleToEveryMethodAtOnce"),
                caught(
                        "update revives the expired",
                        LifeFaults::updateRevivesTheExpired,
                        "anExpiredConnectionIsInvisibleToEveryMethodAtOnce"),
                caught(
                        "delete returns the expired",
                        LifeFaults::deleteReturnsTheExpired,
                        "anExpiredConnectionIsInvisibleToEveryMethodAtOnce"),
                caught("the first expiry stays", LifeFaults::theFirstExpiryStays, "updateProlongs", "updateShortens"),
                caught(
                        "purging removes live connections",
                        LifeFaults::purgingRemovesLiveConnections,
                        "purgingRemovesNothingThatIsLive"),
                caught(
                        "a closed backend still works",
                        LifeFaults::aClosedBackendStillWorks,
                        "everyMethodRefusesToWorkAfterClose",
                        "aBackendThatWasNeverUsedRefusesToWorkAfterClose"),
                caught("closing twice fails", LifeFaults::closingTwiceFails, "closingTwiceIsFine"));
    }

    private static Arguments caught(String name, Fault fault, String... tests) {
        return argumentSet(name, fault, List.of(tests));
    }
}
