"""The operations of the API, played with the documentation's values. One handler per connection."""

from collections.abc import Callable

from stompws.errors import ConnectionLostError
from stompws.server import ReplyPort, RequestArrived, SendArrived
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
from worldpay_ips.operations import DEVICE_STATUS, ON_PAYMENT_RESULT
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
from .invented import (
    CODE_UNKNOWN,
    CODE_USED,
    NO_SUCH_RECEIPT,
    NOT_THE_LAST_PAYMENT,
    PAYPOINT_BUSY,
    Inventions,
    SecondPayment,
    WrongReference,
)
from .licences import Activation, PointOfSale
from .operations import play_operation
from .payments import Payment
from .paypoint import Done, Paypoint
from .ports import SimulatorPort, patched
from .refusals import RefusedError
from .results import make_bare_outcome
from .surviving import play_as_long_as_wanted
from .world import World

_NOT_ACTIVATED = {Activation.USED: CODE_USED, Activation.UNKNOWN: CODE_UNKNOWN}


class SimulatedIps(PaymentApiHandler):
    """Answers one connection's request.

    Each method is called with what the API's stub says, whether it needs it or not.

    Args:
        world: What all connections share.
        paypoint: The one that the connection's address names.
        license_key: Asks for the key that the connection was opened with.
        port: The connection.
    """

    def __init__(
        self,
        world: World,
        paypoint: Paypoint,
        *,
        license_key: Callable[[], str | None],
        port: SimulatorPort,
    ) -> None:
        self._world = world
        self._paypoint = paypoint
        self._license_key = license_key
        self._port = port
        self._payment: Payment | None = None
        self._early_aborts: set[str] = set()

    async def dispatch(self, event: RequestArrived | SendArrived, port: ReplyPort) -> None:
        """Answer as the scenario says, or as usual."""
        if isinstance(event, RequestArrived):
            scenario = self._world.choices.playing(self._paypoint.id)
            steps = None if scenario is None else scenario.operations.get(event.operation.name)
            if steps is not None:
                ordinary = super().dispatch
                await play_operation(
                    steps, event, self._port, clock=self._world.clock, ordinary=ordinary
                )
                return
        await super().dispatch(event, port)

    @property
    def _inventions(self) -> Inventions:
        return self._world.inventions_for(self._paypoint.id)

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
        if not self._inventions.keys_survive_refresh:
            licences.revoke_key(old)
        await replies.registration_refreshed(RegistrationRefresh(point_of_sale_license_key=key))

    # -- Payments

    async def start_payment(self, request: PaymentRequest, replies: StartPaymentReplies) -> None:
        """Play a payment, one at a time."""
        if self._paypoint.busy and not await self._wait_for_turn():
            outcome = make_bare_outcome(
                request.payment_type.value,
                request.merchant_transaction_reference,
                self._inventions.busy,
            )
            await replies.payment_result(PaymentResult(payments=(outcome,)))
            await replies.payment_complete(PaymentComplete())
            return
        choice = self._world.choices.take(self._paypoint.id, request.instruction.value.amount)
        with self._paypoint.occupied():
            self._payment = Payment(
                request,
                replies,
                port=self._port,
                paypoint=self._paypoint,
                choice=choice,
                world=self._world,
            )
            if self._payment.reference in self._early_aborts:
                self._payment.abort()
            await play_as_long_as_wanted(self._payment, self._port)

    async def _wait_for_turn(self) -> bool:
        """What becomes of a payment on a busy paypoint; True when it may be played."""
        match self._inventions.second_payment:
            case SecondPayment.QUEUE:
                await self._paypoint.until_free()
                if self._port.left:
                    raise ConnectionLostError("the client left before its payment had its turn")
                return True
            case SecondPayment.ERROR:
                raise RefusedError(PAYPOINT_BUSY)
            case SecondPayment.BUSY:
                return False

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
        done = settle(self._paypoint, request, self._inventions)
        self._remember(done)
        await replies.payment_result(PaymentResult(payments=(done.outcome,)))
        await replies.payment_complete(PaymentComplete())

    async def cancel_payment(
        self, request: PaymentCancellation, replies: CancelPaymentReplies
    ) -> None:
        """Cancel a payment of the open batch."""
        done = cancel(self._paypoint, request, self._inventions)
        self._remember(done)
        for receipt in done.receipts.values():
            await replies.payment_receipt(receipt)
        await replies.payment_result(PaymentResult(payments=(done.outcome,)))
        await replies.payment_complete(PaymentComplete())

    async def query_payment_result(
        self, request: PaymentResultQuery, replies: QueryPaymentResultReplies
    ) -> None:
        """Tell the result of the last payment."""
        found = self._find(request.merchant_transaction_reference)
        if found is None:
            if self._inventions.wrong_reference is not WrongReference.EMPTY:
                raise RefusedError(NOT_THE_LAST_PAYMENT)
            await replies.payment_result(PaymentResult(payments=()))
        elif found.told is not None:
            await self._port.send_body(ON_PAYMENT_RESULT, found.told)
        else:
            await replies.payment_result(PaymentResult(payments=(found.outcome,)))

    async def query_payment_receipt(
        self, request: PaymentReceiptQuery, replies: QueryPaymentReceiptReplies
    ) -> None:
        """Send the receipt that was asked for, of the last payment."""
        found = self._find(request.merchant_transaction_reference)
        if found is None:
            raise RefusedError(NOT_THE_LAST_PAYMENT)
        receipt = found.receipts.get(request.type)
        if receipt is None:
            raise RefusedError(NO_SUCH_RECEIPT)
        await replies.payment_receipt(receipt)

    def _remember(self, done: Done) -> None:
        """While a payment runs, that is what its till has to be able to ask for."""
        if not self._paypoint.busy:
            self._paypoint.remember(done)

    def _find(self, reference: str) -> Done | None:
        """What a query may be told about."""
        rules, last = self._inventions, self._paypoint.last
        if last is None or last.reference == reference:
            return last
        if not rules.only_last_payment and (found := self._paypoint.find(reference)) is not None:
            return found
        return last if rules.wrong_reference is WrongReference.LAST else None

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
        """The device of the documentation's example; while it restarts: `disconnected`."""
        shown = documented(DeviceStatus)
        status = DeviceStatus(
            status=shown.status,
            paypoint=self._paypoint.shown,
            payment_device=shown.payment_device,
        )
        if self._world.clock.now() < self._paypoint.device_back_at:
            body = patched(status, {"status": "disconnected"})
            await self._port.send_body(DEVICE_STATUS, body)
        else:
            await replies.device_status(status)

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
