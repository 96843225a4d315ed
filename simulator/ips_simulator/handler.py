"""The operations of the API, played with the documentation's values. One handler per connection."""

from collections.abc import Callable

from worldpay_ips import (
    BatchReportRequest,
    DeviceRestart,
    DeviceRestartRequest,
    DeviceStatus,
    OfflineReport,
    OfflineReportRequest,
    PaymentAbort,
    PaymentCancellation,
    PaymentComplete,
    PaymentReceiptQuery,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentSettlement,
    PointOfSaleRegistration,
    PointOfSaleRegistrationRequest,
    RegistrationRefresh,
    RegistrationRefreshRequest,
    ServiceState,
    ServiceStatus,
)
from worldpay_ips.server import (
    CancelPaymentReplies,
    DeviceStatusReplies,
    PaymentApiHandler,
    QueryPaymentReceiptReplies,
    QueryPaymentResultReplies,
    RefreshRegistrationReplies,
    RegisterPointOfSaleReplies,
    RequestBatchReportReplies,
    RequestOfflineReportReplies,
    RestartDeviceReplies,
    ServiceStatusReplies,
    SettlePaymentReplies,
    StartPaymentReplies,
)

from .documentation import documented
from .follow_ups import cancel, settle
from .invented import CODE_UNKNOWN, CODE_USED, NO_SUCH_RECEIPT, NOT_THE_LAST_PAYMENT
from .licences import Activation, PointOfSale
from .payments import Payment
from .paypoint import Done, Paypoint
from .refusals import RefusedError
from .results import make_bare_outcome
from .world import World

_NOT_ACTIVATED = {Activation.USED: CODE_USED, Activation.UNKNOWN: CODE_UNKNOWN}


class SimulatedIps(PaymentApiHandler):
    """Answers one connection's request.

    Each method is called with what the API's stub says, whether it needs it or not.

    Args:
        world: What all connections share.
        paypoint: The one that the connection's address names.
        license_key: Asks for the key that the connection was opened with.
        drop: Cuts the connection.
    """

    def __init__(
        self,
        world: World,
        paypoint: Paypoint,
        *,
        license_key: Callable[[], str | None],
        drop: Callable[[], None],
    ) -> None:
        self._world = world
        self._paypoint = paypoint
        self._license_key = license_key
        self._drop = drop
        self._payment: Payment | None = None
        self._early_aborts: set[str] = set()

    # -- Point of Sale Registration

    async def register_point_of_sale(
        self, request: PointOfSaleRegistrationRequest, replies: RegisterPointOfSaleReplies
    ) -> None:
        """Issue a license key for an activation code that was not used before."""
        pos = PointOfSale(request.point_of_sale_id, request.point_of_sale_reference)
        licences = self._world.licences
        activation = licences.activate(pos, request.point_of_sale_activation_code)
        if activation is not Activation.FRESH:
            raise RefusedError(_NOT_ACTIVATED[activation])
        key = licences.issue_key(pos)
        await replies.point_of_sale_registered(
            PointOfSaleRegistration(point_of_sale_license_key=key)
        )

    async def refresh_registration(
        self,
        request: RegistrationRefreshRequest,  # noqa: ARG002 - empty
        replies: RefreshRegistrationReplies,
    ) -> None:
        """Issue a new key to whom the old one belongs."""
        licences = self._world.licences
        old = self._license_key() or ""
        key = licences.issue_key(licences.point_of_sale(old))
        if not self._world.inventions.keys_survive_refresh:
            licences.revoke_key(old)
        await replies.registration_refreshed(RegistrationRefresh(point_of_sale_license_key=key))

    # -- Payments

    async def start_payment(self, request: PaymentRequest, replies: StartPaymentReplies) -> None:
        """Play a payment, one at a time."""
        if self._paypoint.busy:
            outcome = make_bare_outcome(
                request.payment_type.value,
                request.merchant_transaction_reference,
                self._world.inventions.busy,
            )
            await replies.payment_result(PaymentResult(payments=(outcome,)))
            await replies.payment_complete(PaymentComplete())
            return
        with self._paypoint.occupied():
            self._payment = Payment(
                request,
                replies,
                paypoint=self._paypoint,
                behaviour=self._world.plan.take(),
                inventions=self._world.inventions,
                drop=self._drop,
            )
            if self._payment.reference in self._early_aborts:
                self._payment.abort()
            await self._payment.play()

    async def abort_payment(
        self,
        message: PaymentAbort,
        replies: StartPaymentReplies,  # noqa: ARG002 - an abort has no reply of its own
    ) -> None:
        """Abort what can be aborted; otherwise the payment simply goes on, as documented.

        An abort that names another payment is not for this one. Invented: it is ignored too.
        """
        reference = message.merchant_transaction_reference
        if self._payment is None:
            # It came in one piece with the request, whose task has not had its turn yet.
            self._early_aborts.add(reference)
        elif reference == self._payment.reference:
            self._payment.abort()

    async def settle_payment(
        self, request: PaymentSettlement, replies: SettlePaymentReplies
    ) -> None:
        """Settle a pre-authorised payment."""
        done = settle(self._paypoint, request, self._world.inventions)
        self._remember(done)
        await replies.payment_result(PaymentResult(payments=(done.outcome,)))
        await replies.payment_complete(PaymentComplete())

    async def cancel_payment(
        self, request: PaymentCancellation, replies: CancelPaymentReplies
    ) -> None:
        """Cancel a payment of the open batch."""
        done = cancel(self._paypoint, request, self._world.inventions)
        self._remember(done)
        for receipt in done.receipts.values():
            await replies.payment_receipt(receipt)
        await replies.payment_result(PaymentResult(payments=(done.outcome,)))
        await replies.payment_complete(PaymentComplete())

    async def query_payment_result(
        self, request: PaymentResultQuery, replies: QueryPaymentResultReplies
    ) -> None:
        """Tell the result of the last payment."""
        last = self._last(request.merchant_transaction_reference)
        await replies.payment_result(PaymentResult(payments=(last.outcome,)))

    async def query_payment_receipt(
        self, request: PaymentReceiptQuery, replies: QueryPaymentReceiptReplies
    ) -> None:
        """Send the receipt that was asked for, of the last payment."""
        receipt = self._last(request.merchant_transaction_reference).receipts.get(request.type)
        if receipt is None:
            raise RefusedError(NO_SUCH_RECEIPT)
        await replies.payment_receipt(receipt)

    def _remember(self, done: Done) -> None:
        """While a payment runs, that is what its till has to be able to ask for."""
        if not self._paypoint.busy:
            self._paypoint.remember(done)

    def _last(self, reference: str) -> Done:
        last = self._paypoint.last
        if last is None or last.reference != reference:
            raise RefusedError(NOT_THE_LAST_PAYMENT)
        return last

    # -- Payment Reports

    async def request_batch_report(
        self, request: BatchReportRequest, replies: RequestBatchReportReplies
    ) -> None:
        """An X report, or a Z report that closes the batch."""
        await replies.batch_report(self._paypoint.report(close=request.close_batch))

    async def request_offline_report(
        self,
        request: OfflineReportRequest,  # noqa: ARG002 - empty
        replies: RequestOfflineReportReplies,
    ) -> None:
        """How many payments wait to be sent on."""
        count = self._paypoint.offline_count
        await replies.offline_report(OfflineReport(paypoint=self._paypoint.shown, count=count))

    # -- Monitoring

    async def device_status(self, replies: DeviceStatusReplies) -> None:
        """The device of the documentation's example; it is always there."""
        shown = documented(DeviceStatus)
        await replies.device_status(
            DeviceStatus(
                status=shown.status,
                paypoint=self._paypoint.shown,
                payment_device=shown.payment_device,
            )
        )

    async def service_status(self, replies: ServiceStatusReplies) -> None:
        """Whether a payment runs."""
        state = ServiceState.BUSY if self._paypoint.busy else ServiceState.NOT_BUSY
        await replies.service_status(ServiceStatus(status=state))

    async def restart_device(
        self,
        request: DeviceRestartRequest,  # noqa: ARG002 - empty
        replies: RestartDeviceReplies,
    ) -> None:
        """Say that the restart has begun. A payment that runs does not notice: invented."""
        await replies.device_restart(documented(DeviceRestart))
